// The npm package ml-xgboost (XGBoost 0.7 as WebAssembly) as an engine: trained in a worker thread, scored by our own code.
import type { FitOptions, Model, TrainingData } from '../core/model.js';
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { timeSlice } from '../core/time-slice.js';
import { checkTrainingData } from './check-training-data.js';
import { FittedMlXgboost, XGBOOST_OBJECTIVES } from './fitted-ml-xgboost.js';
import { trainInWorker } from './ml-xgboost-worker.js';
import type { ModelKind } from './model-kind.js';
import { packageValue } from './package-value.js';

/** Options of {@link mlXgboost}: LightGBM's words, with XGBoost's as other spellings and XGBoost's defaults. */
export const mlXgboostOptions = optionsTable('mlXgboost', {
  numIterations: {
    type: 'integer',
    default: 100,
    min: 1,
    aliases: ['iterations', 'n_estimators'],
    doc: 'Boosting rounds.',
  },
  learningRate: {
    type: 'number',
    default: 0.3,
    exclusiveMin: 0,
    max: 1,
    aliases: ['eta'],
    doc: 'What each tree is multiplied with.',
  },
  maxDepth: {
    type: 'integer',
    default: 6,
    min: 1,
    aliases: ['max_depth'],
    doc: 'Splits between a root and a leaf at most.',
  },
  minSumHessianInLeaf: {
    type: 'number',
    default: 1,
    min: 0,
    aliases: ['min_child_weight'],
    doc: 'Smallest sum of hessians in a leaf.',
  },
  minGainToSplit: {
    type: 'number',
    default: 0,
    min: 0,
    aliases: ['gamma'],
    doc: 'Smallest gain for which a node is split.',
  },
  lambdaL2: { type: 'number', default: 1, min: 0, aliases: ['lambda'], doc: 'L2 penalty on leaf values.' },
  lambdaL1: { type: 'number', default: 0, min: 0, aliases: ['alpha'], doc: 'L1 penalty on leaf values.' },
  baggingFraction: {
    type: 'number',
    default: 1,
    exclusiveMin: 0,
    max: 1,
    aliases: ['subsample'],
    doc: 'Share of the rows that each tree is grown on.',
  },
  featureFraction: {
    type: 'number',
    default: 1,
    exclusiveMin: 0,
    max: 1,
    aliases: ['colsample_bytree'],
    doc: 'Share of the features that each tree may use.',
  },
});

/** Options of {@link mlXgboost}, all optional. */
export type MlXgboostOptions = OptionsInput<typeof mlXgboostOptions>;

const SHAPE = { kind: 'mlXgboost', input: 'dense', tasks: ['binary', 'multiclass', 'regression'] } as const;

/**
 * Numbers (features and target of every row) that the package can take: it copies them onto its stack of 5 MiB, four bytes
 * each, and overwrites its memory past that.
 */
export const MAX_PACKAGE_NUMBERS = 1_250_000;

/**
 * Boosted trees by the optional package ml-xgboost, for those who have models or parameters of it. Row weights are refused,
 * since the package knows none.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const model = mlXgboost({ numIterations: 50, maxDepth: 4 });
 */
export function mlXgboost(options: MlXgboostOptions = {}): Model {
  const resolved = resolveOptions(mlXgboostOptions, options);
  return { ...SHAPE, params: { ...resolved }, fit: (train, control = {}) => fit(resolved, train, control) };
}

/** The package as one of the built-in kinds. */
export const mlXgboostKind: ModelKind = {
  kind: SHAPE.kind,
  doc: 'Boosted trees by the optional npm package ml-xgboost, up to 1.25 million numbers.',
  tasks: SHAPE.tasks,
  options: mlXgboostOptions,
  create: mlXgboost,
};

type Resolved = OptionsOf<typeof mlXgboostOptions>;

async function fit(options: Resolved, train: TrainingData, control: FitOptions): Promise<FittedMlXgboost> {
  const { signal, onProgress, seed = 0 } = control;
  const slice = timeSlice(signal);
  checkTrainingData(train, SHAPE);
  checkFits(train);
  const { features, task, nClasses } = train;
  const params = packageParams(options, train, seed);
  const rows = rowMajor(train);
  if (slice.due()) await slice.pause();
  const target = Float32Array.from(train.target);
  const model = await trainInWorker({ params, rows, nFeatures: features.columns.length, target }, signal);
  onProgress?.({ phase: 'fit', completed: options.numIterations, total: options.numIterations });
  return new FittedMlXgboost({ kind: SHAPE.kind, task, nClasses, features: features.features }, model);
}

function checkFits({ features, weights }: TrainingData): void {
  if (weights?.some((weight) => weight !== 1)) {
    throw new TabwrightError('VALUE_INVALID', 'mlXgboost: weights must all be 1, since the package knows none');
  }
  const { nRows, columns } = features;
  const numbers = nRows * (columns.length + 1);
  if (numbers <= MAX_PACKAGE_NUMBERS) return;
  const size = `${nRows} rows of ${columns.length} features and a target are ${numbers} numbers`;
  throw new TabwrightError('DATA_TOO_LARGE', `mlXgboost: ${size}; the package takes ${MAX_PACKAGE_NUMBERS} at most`);
}

function packageParams(
  options: Resolved,
  { task, nClasses }: TrainingData,
  seed: number,
): Record<string, string | number> {
  return {
    objective: XGBOOST_OBJECTIVES[task],
    ...(task === 'multiclass' ? { num_class: nClasses } : {}),
    iterations: options.numIterations,
    eta: options.learningRate,
    max_depth: options.maxDepth,
    min_child_weight: options.minSumHessianInLeaf,
    gamma: options.minGainToSplit,
    lambda: options.lambdaL2,
    alpha: options.lambdaL1,
    subsample: options.baggingFraction,
    colsample_bytree: options.featureFraction,
    seed,
  };
}

function rowMajor({ features }: TrainingData): Float32Array<ArrayBuffer> {
  const { nRows, columns } = features;
  const rows = new Float32Array(nRows * columns.length);
  for (const [j, feature] of features.features.entries()) {
    const column = columns[j];
    for (let row = 0; row < nRows; row++) {
      rows[row * columns.length + j] = packageValue(column?.[row] as number, feature, row);
    }
  }
  return rows;
}
