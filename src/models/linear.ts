// Linear regression with an L2 penalty (ridge), or without one: ordinary least squares.
import type { FitOptions, Model, TrainingData } from '../core/model.js';
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { timeSlice } from '../core/time-slice.js';
import { checkTrainingData } from './check-training-data.js';
import { designMatrix } from './design-matrix.js';
import { fitLinearModel } from './fit-linear-model.js';
import { FittedLinearModel } from './fitted-linear-model.js';
import type { ModelKind } from './model-kind.js';
import { squaredLoss } from './squared-loss.js';

/** Options of {@link linear}. */
const linearOptions = optionsTable('linear', {
  l2: {
    type: 'number',
    default: 1,
    min: 0,
    aliases: ['alpha'],
    doc: "Strength of the L2 penalty: l2 times the squared coefficients is added to the squared errors, as scikit-learn's Ridge does; 0 is ordinary least squares.",
  },
  intercept: { type: 'boolean', default: true, doc: 'Whether to fit an intercept, which is not penalised.' },
});

/** Options of {@link linear}, all optional. */
export type LinearOptions = OptionsInput<typeof linearOptions>;

const SHAPE = { kind: 'linear', input: 'dense', tasks: ['regression'] } as const;
// The normal equations are solved by their factors in two or three steps; past the columns that are factored it takes more.
const MAX_ITERATIONS = 2000;
// As a share of the target's variance: predictions within 1e-9 of its deviation.
const TOLERANCE = 1e-18;

/**
 * Linear regression over numeric features.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const model = linear({ l2: 0 });
 */
export function linear(options: LinearOptions = {}): Model {
  const resolved = resolveOptions(linearOptions, options);
  return { ...SHAPE, params: { ...resolved }, fit: (train, control = {}) => fit(resolved, train, control) };
}

/** Linear regression as one of the built-in kinds. */
export const linearKind: ModelKind = {
  kind: SHAPE.kind,
  doc: 'Linear regression with an L2 penalty, or least squares.',
  tasks: SHAPE.tasks,
  options: linearOptions,
  create: linear,
};

type Resolved = OptionsOf<typeof linearOptions>;

async function fit(
  { l2, intercept }: Resolved,
  train: TrainingData,
  { signal, onProgress }: FitOptions,
): Promise<FittedLinearModel> {
  checkTrainingData(train, SHAPE);
  const { features, target, task, nClasses } = train;
  const slice = timeSlice(signal);
  const design = await designMatrix(features, { intercept, owner: SHAPE.kind, slice });
  const loss = squaredLoss(target, train.weights ?? new Float64Array(target.length).fill(1));
  const fitted = await fitLinearModel(
    { design, loss, l2, intercept, slice, owner: SHAPE.kind },
    { solver: 'lbfgs', tolerance: TOLERANCE, maxIterations: MAX_ITERATIONS, onProgress },
  );
  const { iterations, converged } = fitted;
  const summary = { iterations, converged, loss: fitted.loss };
  const moments = { deviations: design.deviations, means: design.means };
  const header = { task, nClasses, features: features.features };
  return new FittedLinearModel(SHAPE.kind, header, { ...fitted, ...moments }, summary);
}
