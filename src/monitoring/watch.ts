import type { DriftReport } from '../drift/drift-report.js';
import type { PerformanceHistory } from './performance/performance-history.js';
import type { PerformanceReport } from './performance/performance-report.js';
import type { WatchedModel } from './watched-model.js';

/** One model and what was made of it. */
export interface Watch {
  readonly watched: WatchedModel;
  readonly history: PerformanceHistory;
  /** As of the last evaluation. */
  latest: PerformanceReport | undefined;
  latestDrift: DriftReport | undefined;
  version: number;
}
