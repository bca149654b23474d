// Gradient boosted trees as a Model: the project's own implementation of the algorithms of LightGBM, XGBoost and CatBoost, with
// the parameters of any of the three.

import type { BoosterParameters, boosterOptions } from '../boosting/booster-options.js';
import type { BoosterProgress, BoosterRequest, BoosterRows } from '../boosting/booster-request.js';
import { checkParameters } from '../boosting/check-parameters.js';
import type { CustomFunctions } from '../boosting/custom-functions.js';
import { DIALECTS, type Dialect, dialectOptions, resolveDialect } from '../boosting/dialects.js';
import type { ObjectiveName, ObjectiveSpec } from '../boosting/objectives/create-objective.js';
import { trainBooster } from '../boosting/train-booster.js';
import type { Task } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';
import type { FitOptions, Model, TrainingData } from '../core/model.js';
import type { OptionsInput } from '../core/options-table.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { boosterRowWeights } from './booster-row-weights.js';
import { checkTrainingData } from './check-training-data.js';
import { FittedGradientBoosting } from './fitted-gradient-boosting.js';
import { readSnapshot, writeSnapshot } from './gradient-boosting-snapshot.js';
import type { ModelKind } from './model-kind.js';

/** Parameters in the table's own names, or in the spellings of the dialect. */
export type GradientBoostingOptions = OptionsInput<typeof boosterOptions> & {
  /** Whose spellings and defaults apply; LightGBM's where absent. */
  readonly dialect?: Dialect | undefined;
} & Readonly<Record<string, unknown>>;

/** What a call of fit may do besides, which no file can hold. */
export interface GradientBoostingHooks extends CustomFunctions {
  /** A fitted model of the same features and outputs whose trees come first; numIterations are added to them. */
  readonly startFrom?: FittedGradientBoosting | undefined;
  /** Receives a snapshot every `snapshotEvery` rounds; must not throw. */
  readonly onSnapshot?: ((snapshot: Uint8Array) => void) | undefined;
  readonly snapshotEvery?: number | undefined;
  /** A snapshot to go on from: with the same data, parameters and seed the model is the same as without the break. */
  readonly resumeFrom?: Uint8Array | undefined;
  /** `plain` trains in TypeScript on this thread: the same model, slowly. */
  readonly kernels?: 'auto' | 'plain' | undefined;
}

const SHAPE = { input: 'native', tasks: ['binary', 'multiclass', 'regression'] } as const;
const TASK_OBJECTIVES: Readonly<Record<Task, readonly ObjectiveName[]>> = {
  binary: ['binary', 'custom'],
  multiclass: ['multiclass', 'custom'],
  regression: ['regression', 'regressionL1', 'huber', 'quantile', 'poisson', 'custom'],
};

/**
 * Gradient boosted trees over numeric and categorical features with missing values.
 * @throws OPTION_INVALID, OPTION_UNKNOWN with the nearest spelling
 * @example
 * const model = gradientBoosting({ dialect: 'xgboost', eta: 0.1, max_depth: 4 });
 */
export function gradientBoosting(options: GradientBoostingOptions = {}, hooks: GradientBoostingHooks = {}): Model {
  const { dialect = 'lightgbm', ...given } = options;
  if (!DIALECTS.includes(dialect)) {
    throw new TabwrightError('OPTION_INVALID', `gradientBoosting: dialect must be one of ${DIALECTS.join(', ')}`);
  }
  const parameters = resolveDialect(dialect, given);
  checkParameters(parameters, dialect);
  if (parameters.objective === 'custom' && hooks.customObjective === undefined) {
    throw new TabwrightError('OPTION_INVALID', `${dialect}: objective custom needs customObjective`);
  }
  if (parameters.metric === 'custom' && hooks.customMetric === undefined) {
    throw new TabwrightError('OPTION_INVALID', `${dialect}: metric custom needs customMetric`);
  }
  return {
    ...SHAPE,
    kind: dialect,
    params: JSON.parse(JSON.stringify(parameters)) as JsonObject,
    stopsEarly: parameters.earlyStoppingRounds > 0,
    fit: (train, control = {}) => fit(dialect, parameters, hooks, train, control),
  };
}

/** The dialects as built-in kinds. */
export const gradientBoostingKinds: readonly ModelKind[] = [
  kindOf('lightgbm', "Gradient boosted trees grown leaf by leaf, with LightGBM's parameters."),
  kindOf('xgboost', "Gradient boosted trees grown level by level, with XGBoost's parameters."),
  kindOf('catboost', "Gradient boosted symmetric trees, with CatBoost's parameters."),
];

function kindOf(dialect: Dialect, doc: string): ModelKind {
  const create = (params: Readonly<Record<string, unknown>> = {}): Model => gradientBoosting({ ...params, dialect });
  return { kind: dialect, doc, tasks: SHAPE.tasks, options: dialectOptions(dialect), create };
}

async function fit(
  dialect: Dialect,
  parameters: BoosterParameters,
  hooks: GradientBoostingHooks,
  train: TrainingData,
  control: FitOptions,
): Promise<FittedGradientBoosting> {
  checkTrainingData(train, { ...SHAPE, kind: dialect });
  const objective = objectiveFor(dialect, parameters, train);
  const { validation, seed = 0, signal, onProgress } = control;
  const { onSnapshot, snapshotEvery } = hooks;
  const job = { dialect, parameters, seed, nRows: train.features.nRows, features: train.features.features };
  const request: BoosterRequest = {
    ...{ owner: dialect, parameters, objective, seed, signal, onProgress, snapshotEvery },
    ...{ customObjective: hooks.customObjective, customMetric: hooks.customMetric, kernels: hooks.kernels },
    train: rowsOf(dialect, parameters, train),
    held: validation && { features: validation.features, target: validation.target, weights: validation.weights },
    startFrom: startOf(hooks, job, objective, train),
    onSnapshot: onSnapshot && ((progress) => onSnapshot(writeSnapshot(job, progress))),
  };
  const { ensemble, nIterations, metrics, metricName } = await trainBooster(request);
  const last = metrics[Math.min(nIterations, metrics.length) - 1];
  const watched = metricName === undefined || last === undefined ? {} : { metric: metricName, value: last };
  const header = { kind: dialect, task: train.task, nClasses: train.nClasses, features: train.features.features };
  const learningCurve =
    validation === undefined || metricName === undefined
      ? undefined
      : { metric: metricName, values: metrics, bestRound: nIterations };
  return new FittedGradientBoosting(header, {
    ensemble,
    objective,
    summary: { nIterations, ...watched },
    learningCurve,
  });
}

function objectiveFor(dialect: Dialect, parameters: BoosterParameters, train: TrainingData): ObjectiveSpec {
  const name = parameters.objective ?? (TASK_OBJECTIVES[train.task][0] as ObjectiveName);
  const allowed = TASK_OBJECTIVES[train.task];
  if (!allowed.includes(name)) {
    const rule = `objective must be ${allowed.join(', ')} for a ${train.task} task, got ${name}`;
    throw new TabwrightError('OPTION_INVALID', `${dialect}: ${rule}`);
  }
  if (name === 'poisson' && train.target.some((value) => value < 0)) {
    throw new TabwrightError('TARGET_INVALID', `${dialect}: target must be >= 0 for poisson`);
  }
  return {
    name,
    nClasses: train.nClasses,
    alpha: parameters.objectiveAlpha,
    poissonMaxDeltaStep: parameters.poissonMaxDeltaStep,
  };
}

function rowsOf(dialect: Dialect, parameters: BoosterParameters, train: TrainingData): BoosterRows {
  return { features: train.features, target: train.target, weights: boosterRowWeights(train, parameters, dialect) };
}

function startOf(
  { startFrom, resumeFrom }: GradientBoostingHooks,
  job: Parameters<typeof writeSnapshot>[0],
  objective: ObjectiveSpec,
  train: TrainingData,
): BoosterProgress | undefined {
  if (resumeFrom !== undefined) return readSnapshot(resumeFrom, job);
  if (startFrom === undefined) return undefined;
  const { ensemble } = startFrom;
  const names = (features: readonly { readonly name: string }[]): string => features.map(({ name }) => name).join('\n');
  if (names(startFrom.features) !== names(train.features.features) || startFrom.objective.name !== objective.name) {
    throw new TabwrightError('OPTION_INVALID', `${job.dialect}: startFrom must have the same features and objective`);
  }
  const nIterations = ensemble.trees.length / ensemble.nOutputs;
  return { ensemble, nIterations, metrics: [], isSnapshot: false };
}
