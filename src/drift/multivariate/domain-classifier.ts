// Drift of all columns together: whether a model can tell current rows from the reference's (Rabanser, Günnemann and Lipton,
// "Failing loudly", 2019; NannyML's domain classifier).
import type { ColumnTable } from 'arquero';
import type { FeatureMatrix } from '../../core/feature-matrix.js';
import type { Model, TrainingData } from '../../core/model.js';
import type { OptionsInput, OptionsOf } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import { createRandom } from '../../core/random.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { plainTable } from '../../table/plain-table.js';
import type { DomainClassifierDrift } from '../drift-report.js';
import type { DriftReference } from '../reference/drift-reference.js';
import { aucInterval } from './auc-interval.js';
import { jointFeatures } from './joint-features.js';
import { sampledRows } from './sampled-rows.js';

/** How the classifier judges. */
export const domainClassifierOptions = optionsTable('domainClassifier', {
  folds: { type: 'integer', min: 2, max: 20, default: 5, doc: 'Each row is scored by a model of the other folds.' },
  maxRows: {
    type: 'integer',
    min: 20,
    default: 10_000,
    doc: 'At most so many rows of each table are used, drawn at random.',
  },
  lower: { type: 'number', min: 0, max: 0.5, default: 0.45, doc: 'An AUC below it is drift.' },
  upper: { type: 'number', min: 0.5, max: 1, default: 0.65, doc: 'An AUC above it is drift.' },
  seed: { type: 'integer', min: 0, max: 2 ** 32 - 1, default: 0, doc: 'Seed of the sample, the folds and the fits.' },
});

/** What to tell apart, and by which model. */
export interface DomainClassifierRequest extends OptionsInput<typeof domainClassifierOptions> {
  /** Names the columns. */
  readonly reference: DriftReference;
  /** The rows that the reference was made from, or others like them. */
  readonly samples: ColumnTable;
  readonly current: ColumnTable;
  /** Any binary model that takes missing values and categories as they are, such as `gradientBoosting()`. */
  readonly model: Model;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The AUC of out-of-fold scores, its 95 % interval, and the columns that give the current rows away.
 * @throws OPTION_INVALID for a model that does not take the columns as they are
 * @throws DATA_EMPTY where a table has fewer than 20 rows
 * @throws COLUMN_MISSING, COLUMN_INVALID, CANCELLED
 */
export async function domainClassifier(request: DomainClassifierRequest): Promise<DomainClassifierDrift> {
  const { reference, samples, current, model, signal, ...given } = request;
  const options = resolveOptions(domainClassifierOptions, given);
  if (model.input !== 'native' || !model.tasks.includes('binary'))
    throw new TabwrightError(
      'OPTION_INVALID',
      'domainClassifier: model must be binary and take missing values and categories',
    );
  const data = trainingData({ reference, samples, current }, options);
  const { scores, importance } = await outOfFold(model, data, options, signal);
  const nSamples = data.target.indexOf(1);
  const { auc, interval } = aucInterval(scores.subarray(nSamples), scores.subarray(0, nSamples));
  return {
    auc,
    interval,
    band: [options.lower, options.upper],
    isDrifted: auc < options.lower || auc > options.upper,
    importance: ranked(data.features, importance),
  };
}

type ClassifierOptions = OptionsOf<typeof domainClassifierOptions>;

/** Rows of both tables with 1 for current ones, which come last. */
function trainingData(
  { reference, samples, current }: Pick<DomainClassifierRequest, 'reference' | 'samples' | 'current'>,
  { maxRows, seed }: ClassifierOptions,
): TrainingData {
  const random = createRandom(seed);
  const parts = [samples, current].map((table) => {
    const plain = plainTable(table);
    if (plain.numRows() < 20)
      throw new TabwrightError(
        'DATA_EMPTY',
        `domainClassifier: a table must have 20 rows or more, got ${plain.numRows()}`,
      );
    return { table: plain, rows: sampledRows(plain.numRows(), maxRows, random) };
  });
  const features = jointFeatures(reference, parts);
  const target = new Float64Array(features.nRows).fill(1, parts[0]?.rows.length);
  return { features, target, task: 'binary', nClasses: 2 };
}

async function outOfFold(
  model: Model,
  { features, target }: TrainingData,
  { folds, seed }: ClassifierOptions,
  signal: AbortSignal | undefined,
): Promise<{ scores: Float64Array; importance: Float64Array }> {
  const foldOf = dealtFolds(target, folds, seed);
  const scores = new Float64Array(target.length);
  const importance = new Float64Array(features.features.length);
  const rows = Uint32Array.from(target, (_, row) => row);
  for (let fold = 0; fold < folds; fold++) {
    const train = rows.filter((row) => foldOf[row] !== fold);
    const test = rows.filter((row) => foldOf[row] === fold);
    const data: TrainingData = {
      features: takeFeatures(features, train),
      target: Float64Array.from(train, (row) => target[row] as number),
      task: 'binary',
      nClasses: 2,
    };
    // No held-out rows: the model's own number of rounds holds.
    const fitted = await model.fit(data, { seed, signal });
    const found = fitted.predict(takeFeatures(features, test));
    for (const [i, row] of test.entries()) scores[row] = found[i] as number;
    for (const [i, each] of (fitted.importance?.() ?? []).entries()) importance[i] = (importance[i] as number) + each;
  }
  return { scores, importance };
}

/** A fold for each row, equally many of each class in each. */
function dealtFolds(target: Float64Array, folds: number, seed: number): Uint8Array {
  const random = createRandom(seed).fork('folds');
  const foldOf = new Uint8Array(target.length);
  for (const label of [0, 1]) {
    const rows = random.shuffle([...target.keys()].filter((row) => target[row] === label));
    for (const [i, row] of rows.entries()) foldOf[row] = i % folds;
  }
  return foldOf;
}

function takeFeatures({ features, columns }: FeatureMatrix, rows: Uint32Array): FeatureMatrix {
  const taken = columns.map((column) => Float64Array.from(rows, (row) => column[row] as number));
  return { nRows: rows.length, features, columns: taken };
}

function ranked({ features }: FeatureMatrix, importance: Float64Array): DomainClassifierDrift['importance'] {
  const total = importance.reduce((sum, each) => sum + each, 0);
  if (total === 0) return [];
  const shares = features.map(({ name }, i) => ({ name, share: (importance[i] as number) / total }));
  return shares.sort((a, b) => b.share - a.share);
}
