// Logistic regression, binary and multinomial, with the objective of scikit-learn's LogisticRegression.
import type { FitOptions, Model, TrainingData } from '../core/model.js';
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { timeSlice } from '../core/time-slice.js';
import { binaryLogLoss } from './binary-log-loss.js';
import { checkTrainingData } from './check-training-data.js';
import { classRowWeights } from './class-row-weights.js';
import { designMatrix } from './design-matrix.js';
import type { LinearSolver } from './fit-linear-model.js';
import { fitLinearModel, MAX_FACTORED } from './fit-linear-model.js';
import { FittedLinearModel } from './fitted-linear-model.js';
import type { ModelKind } from './model-kind.js';
import { softmaxLogLoss } from './softmax-log-loss.js';

/** Options of {@link logistic}. */
const logisticOptions = optionsTable('logistic', {
  l2: {
    type: 'number',
    default: 1,
    min: 0,
    doc: "Strength of the L2 penalty: l2 / 2 times the squared coefficients is added to the summed loss; 1 / C in scikit-learn's words.",
  },
  intercept: { type: 'boolean', default: true, doc: 'Whether to fit an intercept, which is not penalised.' },
  balanced: {
    type: 'boolean',
    default: false,
    doc: 'Whether classes count equally in sum: a row weighs 1 / (number of classes * share of its class).',
  },
  classWeights: {
    type: 'numbers',
    default: {},
    exclusiveMin: 0,
    doc: 'Weight of a class by its position in the order of the outputs; classes left out weigh 1.',
  },
  solver: {
    type: 'choice',
    choices: ['auto', 'lbfgs', 'newton'],
    default: 'auto',
    doc: 'How the minimum is found, which changes time, not the result; newton is for binary targets and up to 300 features, auto chooses by size.',
  },
  tolerance: {
    type: 'number',
    default: 1e-8,
    exclusiveMin: 0,
    doc: 'Ends where another step is expected to lower the mean loss by less than this share of its first value.',
  },
  maxIterations: { type: 'integer', default: 200, min: 1, doc: 'Ends after this many steps at the latest.' },
});

/** Options of {@link logistic}, all optional. */
export type LogisticOptions = OptionsInput<typeof logisticOptions>;

// Products of a Hessian up to which Newton's few exact steps take no longer than many cheap ones.
const NEWTON_WORK = 2e7;

const SHAPE = { kind: 'logistic', input: 'dense', tasks: ['binary', 'multiclass'] } as const;

/**
 * Logistic regression over numeric features: log-odds, or one score a class, are linear in them.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const model = logistic({ l2: 0.1, balanced: true });
 */
export function logistic(options: LogisticOptions = {}): Model {
  const resolved = resolveOptions(logisticOptions, options);
  if (resolved.balanced && Object.keys(resolved.classWeights).length > 0) {
    throw new TabwrightError('OPTION_INVALID', 'logistic: balanced and classWeights must not be given together');
  }
  return { ...SHAPE, params: { ...resolved }, fit: (train, control = {}) => fit(resolved, train, control) };
}

/** Logistic regression as one of the built-in kinds. */
export const logisticKind: ModelKind = {
  kind: SHAPE.kind,
  doc: 'Logistic regression with an L2 penalty: quick, and as plain as models get.',
  tasks: SHAPE.tasks,
  options: logisticOptions,
  create: logistic,
};

type Resolved = OptionsOf<typeof logisticOptions>;

async function fit(options: Resolved, train: TrainingData, control: FitOptions): Promise<FittedLinearModel> {
  checkTrainingData(train, SHAPE);
  const { task, nClasses, target } = train;
  const { intercept, l2, tolerance, maxIterations } = options;
  const slice = timeSlice(control.signal);
  const design = await designMatrix(train.features, { intercept, owner: SHAPE.kind, slice });
  const weights = classRowWeights(train, options, SHAPE.kind);
  const loss = task === 'binary' ? binaryLogLoss(target, weights) : softmaxLogLoss(target, weights, nClasses);
  const solver = chooseSolver(options.solver, train);
  const fitted = await fitLinearModel(
    { design, loss, l2, intercept, slice, owner: SHAPE.kind },
    { solver, tolerance, maxIterations, onProgress: control.onProgress },
  );
  const { iterations, converged } = fitted;
  const summary = { solver: solver === 'newton' ? solver : 'lbfgs', iterations, converged, loss: fitted.loss };
  const moments = { deviations: design.deviations, means: design.means };
  const header = { task, nClasses, features: train.features.features };
  return new FittedLinearModel(SHAPE.kind, header, { ...fitted, ...moments }, summary);
}

function chooseSolver(solver: Resolved['solver'], { task, features }: TrainingData): LinearSolver {
  const nFeatures = features.columns.length;
  const newtonCan = task === 'binary' && nFeatures <= MAX_FACTORED;
  if (solver === 'newton' && !newtonCan) {
    const rule = `solver must be auto or lbfgs for several classes or over ${MAX_FACTORED} features, got newton`;
    throw new TabwrightError('OPTION_INVALID', `logistic: ${rule}`);
  }
  const isSmall = features.nRows * nFeatures ** 2 <= NEWTON_WORK;
  return solver === 'newton' || (solver === 'auto' && newtonCan && isSmall) ? 'newton' : 'sampled-lbfgs';
}
