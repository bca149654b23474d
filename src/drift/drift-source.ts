import type { DriftReport } from './drift-report.js';

/** Whoever watches models in production, as a server asks for their drift. */
export interface DriftSource {
  /**
   * The drift of what a model has answered lately against the reference it was trained with.
   * @param model the name that paths call the model
   * @returns undefined where nobody watches the model, or it has no reference
   */
  drift(model: string): DriftReport | undefined | Promise<DriftReport | undefined>;
}
