import type { ServingOptions } from '../../src/serving/serving-options.js';
import { broken, diamond, penguin, prospect } from './models.js';

/** Options of the host that the exchanges are sent to: request ids and durations are counted. */
export function contractOptions(): ServingOptions {
  let made = 0;
  let now = 0;
  return {
    predictors: { prospect: prospect(), penguin: penguin(), diamond: diamond(), broken: broken() },
    defaultModel: 'prospect',
    bodyLimitBytes: 2000,
    maxBatchRows: 5,
    maxStreamRows: 5,
    generatePredictionId: () => 'p',
    generateRequestId: () => `made-${++made}`,
    clock: () => ++now,
  };
}
