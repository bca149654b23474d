import { describe, expect, it } from 'vitest';
import type { Tracker } from '../../src/core/tracker.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { stubModel } from '../../src/testing/stub-model.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { makeProspects, prospect } from './prospects.js';

/** The artifact `plots/shap.json` of a training, and whether the directory has the picture. */
async function shapOf(model: Parameters<ReturnType<typeof createTrainer>['train']>[0]['model']) {
  const registry = memoryRegistry();
  let data: Record<string, unknown> | undefined;
  const ignore = async () => {};
  const tracker: Tracker = {
    start: async () => ({
      ...{ id: 'run', logParams: ignore, logMetrics: ignore, logModel: ignore, end: ignore },
      async logArtifacts(files) {
        const bytes = files.get('plots/shap.json');
        if (bytes !== undefined) data = JSON.parse(new TextDecoder().decode(bytes));
      },
    }),
  };
  const request = { name: 'prospects', data: makeProspects(200), features: prospect, validation: { folds: 2 }, model };
  await createTrainer({ registry, tracker }).train(request);
  const svg = (await registry.read('prospects', 1)).get('plots/shap.svg');
  return { data, svg: svg === undefined ? undefined : new TextDecoder().decode(svg) };
}

describe('the SHAP plot of a training', () => {
  it.each(['lightgbm', 'logistic'] as const)('is among the plots of %s, with its numbers', async (model) => {
    const { data, svg } = await shapOf(model);
    expect(svg).toContain('SHAP values');
    const { features, meanAbsolute, shap } = data as {
      features: string[];
      meanAbsolute: number[];
      shap: number[][];
    };
    expect(shap).toHaveLength(200);
    expect(features).toHaveLength(meanAbsolute.length);
    const [first = 0] = meanAbsolute;
    expect(first).toBeCloseTo(shap.reduce((sum, row) => sum + Math.abs(row[0] as number), 0) / shap.length, 12);
  });

  it('is left out for models that cannot be explained', async () => {
    expect(await shapOf(stubModel(0.5))).toEqual({ data: undefined, svg: undefined });
  });
});
