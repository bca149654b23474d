// What the routes that predict share: models, limits, and who is told about every answer.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { PredictionObserver } from '../core/prediction-observer.js';
import type { ServedModels } from './served-models.js';
import type { ServingMetrics } from './serving-metrics.js';
import type { ResolvedServingOptions } from './serving-options.js';

/** What the routes that predict share. */
export interface PredictContext {
  readonly models: ServedModels;
  readonly options: ResolvedServingOptions;
  readonly metrics: ServingMetrics;
  /** Told about every prediction, and every refused row. */
  readonly observer: PredictionObserver | undefined;
  /** Makes the id of a prediction; those of a batch are `<id>-<row>`. */
  readonly generatePredictionId: () => string;
}

/** Predicts, and tells the observer about rows that were refused. @throws what `predict` throws */
export function predictOrRefuse<Answer>({ observer }: PredictContext, model: string, predict: () => Answer): Answer {
  if (observer === undefined) return predict();
  try {
    return predict();
  } catch (error) {
    if (isTabwrightError(error) && error.problems.length > 0) observer.refused(model, error.problems);
    throw error;
  }
}

/** The ids of a batch's rows, by their position. */
export function rowIds(id: string): (row: number) => string {
  return (row) => `${id}-${row}`;
}
