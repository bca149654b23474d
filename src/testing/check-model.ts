// The promises of the Model contract, checked on small made data; throws an Error that names the broken one.
import { ok } from 'node:assert/strict';
import type { FeatureMatrix } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { FittedModel, Model, ModelReader, TrainingData } from '../core/model.js';
import { createRandom } from '../core/random.js';
import { modelData, repeatRows, takeMatrixRows, wholeWeights } from './model-data.js';

/** How to check a model. */
export interface CheckModelOptions {
  /** Makes a fitted model of this kind from its files. */
  readonly reader: ModelReader;
  /** Promises to leave out, each with the reason why they cannot hold. */
  readonly skip?: Partial<Record<ModelPromise, string>>;
  /** Largest difference of a score that row weights and repeated rows may lead to; default 1e-6. */
  readonly weightTolerance?: number;
  /** Rows to fit on; default 120. */
  readonly nRows?: number;
}

/** What {@link checkModel} checks, one promise at a time. */
export type ModelPromise = keyof typeof PROMISES;

interface Subject {
  readonly make: () => Model;
  readonly options: CheckModelOptions;
  readonly task: Task;
  readonly train: TrainingData;
  /** Rows that were not fitted on. */
  readonly unseen: FeatureMatrix;
  readonly fitted: FittedModel;
  /** Scores of `unseen`. */
  readonly scores: Float64Array;
}

const PROMISES = {
  'scores have the declared shape': checkShape,
  'inputs are not changed': checkInputs,
  'probabilities are in [0, 1] and sum to 1': checkProbabilities,
  'a given output array is used': checkOutput,
  'one row scores as in a batch': checkOneRow,
  'predictRow gives the bits of predict': checkPredictRow,
  'files give the same model': checkFiles,
  'broken files are refused': checkBrokenFiles,
  'the same seed gives the same model': checkSeed,
  'weights count like repeated rows': checkWeights,
  'an aborted fit ends': checkAbort,
  'missing values are refused or scored': checkMissing,
  'a target of one class is refused': checkOneClass,
  'fitting without rows is refused': checkNoRows,
  'importance is one number a feature': checkImportance,
} satisfies Record<string, (subject: Subject) => Promise<void> | void>;

/**
 * Fits a model on made data for each of its tasks and checks what the Model contract promises.
 * @param make makes the model anew; called often
 * @throws Error that names model, task and promise
 * @example
 * await checkModel(() => myModel({ depth: 2 }), { reader: readMyModel });
 */
export async function checkModel(make: () => Model, options: CheckModelOptions): Promise<void> {
  const { kind, tasks } = make();
  ok(tasks.length > 0, `checkModel: ${kind} declares no task`);
  for (const task of tasks) {
    const subject = await fitSubject(make, options, task);
    for (const [promise, check] of Object.entries(PROMISES)) {
      if (options.skip?.[promise as ModelPromise] !== undefined) continue;
      try {
        await check(subject);
      } catch (cause) {
        throw new Error(`${kind}, ${task}: ${promise}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
    }
  }
}

async function fitSubject(make: () => Model, options: CheckModelOptions, task: Task): Promise<Subject> {
  const nRows = options.nRows ?? 120;
  const train = modelData(task, { nRows, seed: 1 });
  const unseen = modelData(task, { nRows: 50, seed: 2 }).features;
  const fitted = await make().fit(train, { seed: 7 });
  return { make, options, task, train, unseen, fitted, scores: fitted.predict(unseen) };
}

function checkShape({ make, task, train, unseen, fitted, scores }: Subject): void {
  const nOutputs = task === 'multiclass' ? train.nClasses : 1;
  ok(fitted.kind === make().kind, `kind must be ${make().kind}, got ${fitted.kind}`);
  ok(fitted.task === task, `task must be ${task}, got ${fitted.task}`);
  ok(fitted.nOutputs === nOutputs, `nOutputs must be ${nOutputs}, got ${fitted.nOutputs}`);
  ok(scores.length === unseen.nRows * nOutputs, `predict must give ${nOutputs} a row, got ${scores.length} in all`);
  const names = fitted.features.map(({ name }) => name).join();
  ok(names === unseen.features.map(({ name }) => name).join(), `features must be those fitted on, got ${names}`);
  ok(scores.every(Number.isFinite), 'every score must be finite');
}

function checkProbabilities({ task, fitted, scores }: Subject): void {
  if (task === 'regression') return;
  const bad = scores.findIndex((score) => !(score >= 0 && score <= 1));
  ok(bad < 0, `score ${bad} must be in [0, 1], got ${scores[bad]}`);
  if (task === 'binary') return;
  for (let at = 0; at < scores.length; at += fitted.nOutputs) {
    const sum = scores.subarray(at, at + fitted.nOutputs).reduce((total, score) => total + score, 0);
    // Rounding of each probability: to float32 in some models.
    ok(Math.abs(sum - 1) < 1e-5, `probabilities of a row must sum to 1, got ${sum}`);
  }
}

function checkOutput({ unseen, fitted, scores }: Subject): void {
  const out = new Float64Array(scores.length).fill(Number.NaN);
  ok(fitted.predict(unseen, out) === out, 'predict must return the array it was given');
  ok(sameBits(out, scores), 'predict must write every score into the array it was given');
}

function checkOneRow({ unseen, fitted, scores }: Subject): void {
  for (let row = 0; row < unseen.nRows; row++) {
    const alone = fitted.predict(takeMatrixRows(unseen, [row]));
    ok(sameBits(alone, rowScores(scores, row, fitted)), `row ${row} must score the same alone`);
  }
}

function checkPredictRow({ unseen, fitted, scores }: Subject): void {
  if (fitted.predictRow === undefined) return;
  const out = new Float64Array(fitted.nOutputs);
  for (let row = 0; row < unseen.nRows; row++) {
    fitted.predictRow(
      Float64Array.from(unseen.columns, (column) => column[row] as number),
      out,
    );
    ok(sameBits(out, rowScores(scores, row, fitted)), `row ${row} must score the same by predictRow`);
  }
}

function checkFiles({ options, task, unseen, fitted, scores }: Subject): void {
  const again = options.reader(fitted.toFiles());
  ok(again.kind === fitted.kind && again.task === task, 'kind and task must survive');
  ok(again.nOutputs === fitted.nOutputs, 'nOutputs must survive');
  ok(JSON.stringify(again.features) === JSON.stringify(fitted.features), 'features must survive');
  ok(sameBits(again.predict(unseen), scores), 'scores must have the same bits');
}

function checkBrokenFiles({ options, fitted }: Subject): void {
  const files = fitted.toFiles();
  for (const [path, bytes] of files) {
    const without = new Map([...files].filter(([other]) => other !== path));
    ok(
      codeOf(() => options.reader(without)) === 'BUNDLE_INVALID',
      `without ${path}, reading must throw BUNDLE_INVALID`,
    );
    const cut = new Map([...files, [path, bytes.subarray(0, bytes.length >> 1)]]);
    ok(
      codeOf(() => options.reader(cut)) === 'BUNDLE_INVALID',
      `with half of ${path}, reading must throw BUNDLE_INVALID`,
    );
  }
}

async function checkSeed({ make, train, unseen, fitted, scores }: Subject): Promise<void> {
  const again = await make().fit(train, { seed: 7 });
  ok(sameBits(again.predict(unseen), scores), 'scores must have the same bits');
  const files = again.toFiles();
  for (const [path, bytes] of fitted.toFiles()) {
    ok(Buffer.compare(bytes, files.get(path) ?? new Uint8Array()) === 0, `${path} must have the same bytes`);
  }
}

async function checkInputs({ make, train, unseen, fitted }: Subject): Promise<void> {
  const before = structuredClone(train);
  const model = make();
  const params = JSON.stringify(model.params);
  await model.fit(train, { seed: 7 });
  ok(JSON.stringify(model.params) === params, 'fit must not change the model');
  for (const [index, column] of train.features.columns.entries()) {
    ok(sameBits(column, before.features.columns[index] ?? []), `fit must not change column ${index}`);
  }
  ok(sameBits(train.target, before.target), 'fit must not change the target');
  const scored = structuredClone(unseen.columns);
  fitted.predict(unseen);
  ok(
    unseen.columns.every((column, index) => sameBits(column, scored[index] ?? [])),
    'predict must not change the columns',
  );
}

async function checkWeights({ make, options, train, unseen }: Subject): Promise<void> {
  const weights = wholeWeights(train.features.nRows, createRandom(3));
  const weighted = (await make().fit({ ...train, weights }, { seed: 7 })).predict(unseen);
  const repeated = (await make().fit(repeatRows(train, weights), { seed: 7 })).predict(unseen);
  const tolerance = options.weightTolerance ?? 1e-6;
  const apart = weighted.reduce((most, score, i) => Math.max(most, Math.abs(score - (repeated[i] as number))), 0);
  ok(apart <= tolerance, `scores must agree within ${tolerance}, got ${apart}`);
}

async function checkAbort({ make, train }: Subject): Promise<void> {
  const code = await rejection(make().fit(train, { signal: AbortSignal.abort() }));
  ok(code === 'CANCELLED', `fit must throw CANCELLED, got ${code}`);
}

async function checkMissing({ make, train, unseen, fitted }: Subject): Promise<void> {
  const gaps = withMissing(train.features);
  if (make().input === 'native') {
    ok(fitted.predict(withMissing(unseen)).every(Number.isFinite), 'a row with a missing value must get finite scores');
    return;
  }
  const code = await rejection(make().fit({ ...train, features: gaps }));
  ok(code === 'VALUE_INVALID', `fit must throw VALUE_INVALID, got ${code}`);
  const scoring = codeOf(() => fitted.predict(withMissing(unseen)));
  ok(scoring === 'VALUE_INVALID', `predict must throw VALUE_INVALID, got ${scoring}`);
}

async function checkOneClass({ make, task, train }: Subject): Promise<void> {
  if (task === 'regression') return;
  const code = await rejection(make().fit({ ...train, target: new Float64Array(train.features.nRows) }));
  ok(code === 'TARGET_INVALID', `fit must throw TARGET_INVALID, got ${code}`);
}

async function checkNoRows({ make, train }: Subject): Promise<void> {
  const features = takeMatrixRows(train.features, []);
  const code = await rejection(make().fit({ ...train, features, target: new Float64Array() }));
  ok(code === 'DATA_EMPTY', `fit must throw DATA_EMPTY, got ${code}`);
}

function checkImportance({ train, fitted }: Subject): void {
  const importance = fitted.importance?.();
  if (importance === undefined) return;
  const expected = train.features.features.length;
  ok(importance.length === expected, `there must be ${expected}, got ${importance.length}`);
  ok(
    importance.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY),
    'each must be finite and >= 0',
  );
}

function withMissing(matrix: FeatureMatrix): FeatureMatrix {
  const columns = matrix.columns.map((column) => column.slice());
  for (const column of columns) column[1] = Number.NaN;
  return { ...matrix, columns };
}

function rowScores(scores: Float64Array, row: number, { nOutputs }: FittedModel): Float64Array {
  return scores.subarray(row * nOutputs, (row + 1) * nOutputs);
}

function sameBits(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
}

/** The code of the error that a call throws; in words where it throws none, or none of the library's. */
function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return errorCode(error);
  }
  return 'no error';
}

async function rejection(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'no error', errorCode);
}

function errorCode(error: unknown): string {
  return isTabwrightError(error) ? error.code : `an error without a code (${error})`;
}
