// Predictors whose model changes while they serve: the way back, and what a predictor is made of.
import type { Predictor } from './predictor.js';
import type { ModelVersion } from './registry.js';

/** A predictor that can go back to what it served before. */
export interface LivePredictor<Row = Record<string, unknown>> extends Predictor<Row> {
  /** What was served before and is still in memory; undefined before the first swap. */
  readonly previous: ModelVersion | undefined;
  /**
   * Serves the version before again, at once: nothing is loaded and no registry is asked. Called again, it comes back to the
   * later one.
   * @throws MODEL_NOT_FOUND where nothing was served before
   */
  rollback(): ModelVersion;
}

/** What a part of a predictor does: answers, or is compared with what answers. */
export type PredictorRole = 'primary' | 'shadow' | 'stable' | 'canary';

/** A predictor made of others. */
export interface ComposedPredictor<Row = Record<string, unknown>> extends Predictor<Row> {
  /** By what they do, the one that `current` and `spec` are of first. */
  readonly parts: Readonly<Partial<Record<PredictorRole, Predictor<Row>>>>;
}

/** One model behind a predictor. */
export interface PredictorPart {
  /** What it does; undefined where the predictor is no more than this model. */
  readonly role: PredictorRole | undefined;
  readonly predictor: Predictor<never>;
}

/** The models behind a predictor, those of its parts' parts too. */
export function partsOf(predictor: Predictor<never>, role?: PredictorRole): readonly PredictorPart[] {
  if (!('parts' in predictor)) return [{ role, predictor }];
  const { parts } = predictor as ComposedPredictor<never>;
  return Object.entries(parts).flatMap(([name, part]) => partsOf(part, name as PredictorRole));
}

/** Whether a predictor can go back. */
export function isLivePredictor<Row>(predictor: Predictor<Row>): predictor is LivePredictor<Row> {
  return 'rollback' in predictor;
}
