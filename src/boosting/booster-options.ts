// The booster's parameters: LightGBM's words in camelCase. The dialects change defaults and add spellings, never meanings.
import { type OptionsOf, optionsTable } from '../core/options-table.js';
import { EVAL_METRICS, type EvalMetricName } from './eval-metrics.js';
import { OBJECTIVES } from './objectives/create-objective.js';

const metricNames = Object.keys(EVAL_METRICS) as EvalMetricName[];
const share = { type: 'number', default: 1, exclusiveMin: 0, max: 1 } as const;
const notNegative = { type: 'number', default: 0, min: 0 } as const;

/** Every parameter of the engine. */
export const boosterOptions = optionsTable('gradientBoosting', {
  objective: {
    type: 'choice',
    choices: OBJECTIVES,
    default: undefined,
    doc: 'The loss to minimise; by the task where absent (binary, multiclass or regression).',
  },
  numIterations: {
    type: 'integer',
    default: 100,
    min: 1,
    doc: 'Boosting rounds; a multiclass round grows one tree a class.',
  },
  learningRate: {
    type: 'number',
    default: 0.1,
    exclusiveMin: 0,
    max: 1,
    doc: 'Share of each leaf value that is added.',
  },
  growPolicy: {
    type: 'choice',
    choices: ['leafwise', 'depthwise', 'symmetric'],
    default: 'leafwise',
    doc: 'Best leaf first, level by level, or one test for all leaves of a level.',
  },
  numLeaves: { type: 'integer', default: 31, min: 0, max: 131072, doc: 'Most leaves of a tree; 0 for 2^maxDepth.' },
  maxDepth: { type: 'integer', default: -1, min: -1, max: 30, doc: 'Most splits on a path; 0 and -1 for no limit.' },
  minDataInLeaf: {
    type: 'integer',
    default: 20,
    min: 0,
    doc: 'Fewest rows of a leaf, estimated from hessians as LightGBM does while looking for splits.',
  },
  minSumHessianInLeaf: { ...notNegative, default: 1e-3, doc: 'Smallest sum of hessians of a leaf.' },
  lambdaL1: { ...notNegative, doc: 'L1 penalty on leaf values.' },
  lambdaL2: { ...notNegative, doc: 'L2 penalty on leaf values.' },
  minGainToSplit: { ...notNegative, doc: 'Smallest gain of a split, in twice the drop in loss.' },
  maxDeltaStep: { ...notNegative, doc: 'Largest absolute leaf value before the learning rate; 0 for no limit.' },
  pathSmooth: { ...notNegative, doc: "Rows that the parent's value counts for in a leaf's value." },
  baggingFraction: { ...share, doc: 'Share of the rows that a tree is grown on, drawn at random.' },
  baggingFreq: { type: 'integer', default: 0, min: 0, doc: 'Rows are drawn anew every so many rounds; 0 for never.' },
  sampling: {
    type: 'choice',
    choices: ['bagging', 'goss'],
    default: 'bagging',
    doc: 'How rows are drawn; goss keeps those with large gradients (Ke et al., 2017).',
  },
  topRate: {
    type: 'number',
    default: 0.2,
    exclusiveMin: 0,
    max: 1,
    doc: 'Share of rows with large gradients that goss keeps.',
  },
  otherRate: { type: 'number', default: 0.1, exclusiveMin: 0, max: 1, doc: 'Share of the other rows that goss draws.' },
  featureFraction: { ...share, doc: 'Share of the features drawn for each tree.' },
  featureFractionByLevel: { ...share, doc: 'Share of those drawn for each level of a tree.' },
  featureFractionByNode: { ...share, doc: 'Share of those drawn for each node (for each level of a symmetric tree).' },
  extraTrees: { type: 'boolean', default: false, doc: 'Tries one random threshold a feature and node instead of all.' },
  monotoneConstraints: {
    type: 'numbers',
    default: {},
    min: -1,
    max: 1,
    doc: 'Features whose effect must never fall (1) or never rise (-1), by name.',
  },
  interactionConstraints: {
    type: 'list',
    default: [],
    doc: 'Groups of features that may meet on a path, names joined by "+"; a feature in no group meets none.',
  },
  maxBin: {
    type: 'integer',
    default: 255,
    min: 2,
    max: 255,
    doc: 'Most bins of a feature, the one for missing values included.',
  },
  minDataInBin: { type: 'integer', default: 3, min: 1, doc: 'Fewest sampled rows of a bin.' },
  binSampleRows: { type: 'integer', default: 65536, min: 1000, doc: 'Rows that bin boundaries are found from.' },
  categoricalEncoding: {
    type: 'choice',
    choices: ['subset', 'ordered'],
    default: 'subset',
    doc: "Categories as sets ordered by gradient (LightGBM's), or by ordered target statistics (CatBoost's), which a feature of more categories than bins has in any case.",
  },
  oneHotMaxSize: {
    type: 'integer',
    default: 10,
    min: 0,
    max: 254,
    doc: 'With ordered encoding, a feature of at most this many categories is tested for one category at a time instead.',
  },
  catSmooth: { ...notNegative, default: 10, doc: "Added to a category's hessian when categories are ordered." },
  catL2: { ...notNegative, default: 10, doc: 'L2 penalty on top of lambdaL2 for splits by a set of categories.' },
  maxCatThreshold: {
    type: 'integer',
    default: 32,
    min: 1,
    max: 254,
    doc: 'Most categories in the smaller set of a split.',
  },
  maxCatToOnehot: {
    type: 'integer',
    default: 4,
    min: 1,
    max: 254,
    doc: 'Up to this many categories, one is split from the others.',
  },
  minDataPerGroup: { type: 'integer', default: 100, min: 1, doc: 'Fewest rows of a group of categories.' },
  boostFromAverage: { type: 'boolean', default: true, doc: 'Whether scores start from the best constant, or from 0.' },
  scalePosWeight: { type: 'number', default: 1, exclusiveMin: 0, doc: 'Weight of positive rows of a binary target.' },
  balanced: { type: 'boolean', default: false, doc: 'Whether classes count equally in sum.' },
  classWeights: {
    type: 'numbers',
    default: {},
    exclusiveMin: 0,
    doc: 'Weight of a class by its position; classes left out weigh 1.',
  },
  objectiveAlpha: {
    type: 'number',
    default: 0.9,
    exclusiveMin: 0,
    doc: 'Where Huber loss turns linear; the quantile of quantile loss (below 1).',
  },
  poissonMaxDeltaStep: {
    type: 'number',
    default: 0.7,
    exclusiveMin: 0,
    doc: 'Added to the exponent of the Poisson hessian.',
  },
  metric: {
    type: 'choice',
    choices: [...metricNames, 'custom'] as const,
    default: undefined,
    doc: "What early stopping and progress watch; the objective's own loss where absent.",
  },
  earlyStoppingRounds: {
    type: 'integer',
    default: 0,
    min: 0,
    doc: 'Ends after this many rounds without a better metric on the validation rows, and keeps the best round; 0 for never.',
  },
  earlyStoppingMinDelta: { ...notNegative, doc: 'How much better the metric must be to count.' },
  numThreads: {
    type: 'integer',
    default: 0,
    min: 0,
    max: 64,
    doc: 'Threads to train with, which changes time only; 0 for one on small data, else one a processor.',
  },
});

/** Every parameter with its value. */
export type BoosterParameters = OptionsOf<typeof boosterOptions>;
