import type { Trainer } from '../core/trainer.js';
import type { ServingMetrics } from './serving-metrics.js';

/** A trainer whose trainings are timed. */
export function measuredTrainer(trainer: Trainer, metrics: ServingMetrics, clock: () => number): Trainer {
  return {
    registry: trainer.registry,
    async train(request) {
      const start = clock();
      let isRegistered = false;
      try {
        const result = await trainer.train(request);
        isRegistered = true;
        return result;
      } finally {
        metrics.trained(request.name, isRegistered, clock() - start);
      }
    },
  };
}
