// Public data cut into folds, and the losses on them of our boosters and of the libraries whose parameters they take.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import type { Task } from '../../src/core/feature-spec.js';
import type { TrainingData } from '../../src/core/model.js';
import { createRandom } from '../../src/core/random.js';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { gradientBoosting } from '../../src/models/gradient-boosting.js';
import { encodeTarget } from '../../src/schema/encode-target.js';
import { inferFeatures } from '../../src/schema/infer-features.js';
import { takeMatrixRows } from '../../src/testing/model-data.js';
import { defaultPipeline } from '../../src/transforms/default-pipeline.js';
import { tableToMatrix } from '../../src/transforms/table-to-matrix.js';
import { realData } from './real-data.js';
import { runPython } from './run-python.js';

const N_FOLDS = 5;
const ROUNDS = 100;
const DATA: readonly (readonly [string, string, Task])[] = [
  ['adult.csv', 'income', 'binary'],
  ['telco-churn.csv', 'Churn', 'binary'],
  ['higgs-7k-train.tsv', 'c0', 'binary'],
  ['penguins.csv', 'species', 'multiclass'],
  ['diamonds.csv', 'price', 'regression'],
];
const PARAMETERS = {
  lightgbm: {},
  xgboost: { eta: 0.1 },
  catboost: { learning_rate: 0.1, depth: 6 },
} as const;
type Library = keyof typeof PARAMETERS;

/** A data set and whose parameters to fit it with. */
export interface BoostingCase {
  readonly file: string;
  readonly column: string;
  readonly task: Task;
  readonly library: Library;
}

/** Mean losses over the folds, one list a seed: log loss and AUC (binary), log loss (multiclass), RMSE (regression). */
export interface FoldLosses {
  readonly ours: readonly (readonly number[])[];
  readonly theirs: readonly (readonly number[])[];
}

/** Every data set with every library. */
export const BOOSTING_CASES: readonly BoostingCase[] = DATA.flatMap(([file, column, task]) =>
  (Object.keys(PARAMETERS) as Library[]).map((library) => ({ file, column, task, library })),
);

/** Both sides on the same folds; undefined where the data is not on this machine. */
export async function boostingLosses(
  { file, column, task, library }: BoostingCase,
  seeds: readonly number[],
): Promise<FoldLosses | undefined> {
  const path = realData(file);
  if (path === undefined) return undefined;
  const data = encoded(path, column, task);
  const folds = createRandom(5).shuffle(Int32Array.from({ length: data.target.length }, (_, row) => row % N_FOLDS));
  const ours: number[][] = [];
  for (const seed of seeds) ours.push(await crossValidate(data, folds, library, seed));
  const folder = mkdtempSync(join(tmpdir(), 'tabwright-peers-'));
  try {
    const theirs = runPython('boosting_real_data.py', {
      library,
      task,
      path: written(data, folder),
      nColumns: data.features.features.length,
      folds: [...folds],
      seeds,
      rounds: ROUNDS,
      params: PARAMETERS[library],
      categorical: data.features.features.flatMap(({ kind }, f) => (kind === 'categorical' ? [f] : [])),
    }) as number[][];
    return { ours, theirs };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The mean of each loss over the lists. */
export function meanLosses(rows: readonly (readonly number[])[]): number[] {
  return (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / rows.length);
}

function encoded(path: string, column: string, task: Task): TrainingData {
  const bytes = readFileSync(path);
  const table = parseCsv(path.endsWith('.tsv') ? withHeader(bytes.toString()) : bytes);
  const target = { column, task };
  const { spec } = inferFeatures(table, { target });
  const names = spec.fields.map(({ name }) => name);
  const features = tableToMatrix(defaultPipeline(spec.fields, 'native').fit(table), table, names);
  const { values, nClasses } = encodeTarget(table, target);
  return { features, target: values, task, nClasses };
}

function withHeader(text: string): Buffer {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('\t', ','));
  const header = (rows[0] ?? '')
    .split(',')
    .map((_, i) => `c${i}`)
    .join(',');
  return Buffer.from(`${[header, ...rows].join('\n')}\n`);
}

/** Columns one after another, then the target, as doubles. */
function written({ features, target }: TrainingData, folder: string): string {
  const path = join(folder, 'encoded.bin');
  const parts = [...features.columns, target].map((values) => Buffer.from(Float64Array.from(values).buffer));
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

async function crossValidate(data: TrainingData, folds: Int32Array, dialect: Library, seed: number): Promise<number[]> {
  const results: number[][] = [];
  for (let fold = 0; fold < N_FOLDS; fold++) {
    const rows = (isTest: boolean): number[] => [...folds.keys()].filter((row) => (folds[row] === fold) === isTest);
    const part = (of: number[]): { features: FeatureMatrix; target: Float64Array } => ({
      features: takeMatrixRows(data.features, of),
      target: Float64Array.from(of, (row) => data.target[row] as number),
    });
    const train = part(rows(false));
    const test = part(rows(true));
    const model = gradientBoosting({ dialect, ...PARAMETERS[dialect], numIterations: ROUNDS });
    const fitted = await model.fit({ ...data, ...train }, { seed });
    results.push(losses(data, fitted.predict(test.features), test.target));
  }
  return meanLosses(results);
}

function losses({ task, nClasses }: TrainingData, scores: Float64Array, target: Float64Array): number[] {
  const n = target.length;
  if (task === 'regression') {
    return [Math.sqrt(target.reduce((sum, y, i) => sum + (y - (scores[i] as number)) ** 2, 0) / n)];
  }
  const p = (i: number, y: number): number => {
    if (task === 'multiclass') return scores[i * nClasses + y] as number;
    return y === 1 ? (scores[i] as number) : 1 - (scores[i] as number);
  };
  const loss = -target.reduce((sum, y, i) => sum + Math.log(Math.max(p(i, y), 1e-15)), 0) / n;
  return task === 'binary' ? [loss, areaUnderCurve(scores, target)] : [loss];
}

function areaUnderCurve(scores: Float64Array, target: Float64Array): number {
  const order = [...scores.keys()].sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let negatives = 0;
  let area = 0;
  for (const i of order) {
    if (target[i] === 1) area += negatives;
    else negatives++;
  }
  return area / (negatives * (target.length - negatives));
}
