import { describe, expect, it } from 'vitest';
import type { BoosterProgress } from '../../src/boosting/booster-request.js';
import { closeTrainingThreads } from '../../src/boosting/training-runtime.js';
import { sigmoid } from '../../src/core/exp.js';
import type { ProgressEvent } from '../../src/core/progress.js';
import { madeRows, rawScores, train } from './booster-data.js';

const rows = madeRows('binary');
const held = madeRows('binary', 150, 2);

describe('early stopping', () => {
  const parameters = { numIterations: 200, learningRate: 0.5, earlyStoppingRounds: 5 };

  it('ends after rounds without a better metric and keeps the best round', async () => {
    const { metrics, nIterations, ensemble, metricName } = await train(rows, { held, parameters });
    expect(metricName).toBe('logloss');
    expect(metrics.length).toBeLessThan(200);
    expect(nIterations).toBe(metrics.indexOf(Math.min(...metrics)) + 1);
    expect(metrics.length).toBe(nIterations + 5);
    expect(ensemble.trees.length).toBe(nIterations);
    const scores = rawScores(ensemble, held.features);
    const loss = scores.reduce((sum, score, row) => {
      const p = sigmoid(score);
      return sum - Math.log(held.target[row] === 1 ? p : 1 - p);
    }, 0);
    expect(loss / scores.length).toBeCloseTo(metrics[nIterations - 1] as number, 12);
  });

  it('follows the metric that is asked for, upwards where higher is better', async () => {
    const { metrics, nIterations, metricName } = await train(rows, {
      held,
      parameters: { ...parameters, metric: 'auc' },
    });
    expect(metricName).toBe('auc');
    expect(nIterations).toBe(metrics.indexOf(Math.max(...metrics)) + 1);
  });

  it('needs a metric to be better by the least difference', async () => {
    const strict = await train(rows, { held, parameters: { ...parameters, earlyStoppingMinDelta: 0.05 } });
    const lax = await train(rows, { held, parameters });
    expect(strict.metrics.length).toBeLessThan(lax.metrics.length);
  });

  it('is refused without validation rows', async () => {
    await expect(train(rows, { parameters })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});

describe('a training that was broken off', () => {
  it('goes on from a snapshot to the same model', async () => {
    for (const parameters of [{}, { baggingFreq: 1, baggingFraction: 0.7, featureFraction: 0.7 }]) {
      const snapshots: BoosterProgress[] = [];
      const whole = await train(rows, {
        held,
        parameters,
        snapshotEvery: 4,
        onSnapshot: (each) => snapshots.push(each),
      });
      expect(snapshots.map(({ nIterations }) => nIterations)).toEqual([4, 8]);
      const resumed = await train(rows, { held, parameters, startFrom: snapshots[0] });
      expect(resumed).toEqual(whole);
    }
  });

  it('goes on from a snapshot to the same early stop', async () => {
    const parameters = { numIterations: 200, learningRate: 0.5, earlyStoppingRounds: 5 };
    const snapshots: BoosterProgress[] = [];
    const whole = await train(rows, { held, parameters, snapshotEvery: 3, onSnapshot: (each) => snapshots.push(each) });
    for (const startFrom of snapshots) expect(await train(rows, { held, parameters, startFrom })).toEqual(whole);
  });

  it('adds rounds to a model where it is no snapshot', async () => {
    const first = await train(rows);
    const startFrom = { ensemble: first.ensemble, nIterations: 10, metrics: [], isSnapshot: false };
    const { ensemble } = await train(rows, { startFrom });
    expect(ensemble.trees.length).toBe(20);
    expect(ensemble.trees.slice(0, 10)).toEqual(first.ensemble.trees);
  });
});

describe('a run', () => {
  it('reports every round with the metric', async () => {
    const events: ProgressEvent[] = [];
    await train(rows, { onProgress: (event) => events.push(event) });
    expect(events.map(({ completed, total }) => [completed, total])).toEqual(
      Array.from({ length: 10 }, (_, i) => [i + 1, 10]),
    );
    expect(events.every(({ metrics }) => Number.isFinite(metrics?.logloss))).toBe(true);
  });

  it('ends with CANCELLED when it is aborted on the way, and the next one works', async () => {
    const controller = new AbortController();
    const parameters = { numIterations: 100_000, numThreads: 2 };
    const run = train(rows, {
      parameters,
      signal: controller.signal,
      onProgress: ({ completed }) => completed === 3 && controller.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await train(rows, { parameters: { numThreads: 2 } })).ensemble.trees.length).toBe(10);
  });

  it('leaves no thread behind once they are closed', async () => {
    await train(rows);
    await closeTrainingThreads();
    expect((await train(rows)).ensemble.trees.length).toBe(10);
  });
});

describe('custom functions', () => {
  it('train the model of the same built-in loss, and are watched', async () => {
    const customObjective: NonNullable<Parameters<typeof train>[1]>['customObjective'] = (
      { scores: [score], target },
      [gradient],
      [hessian],
    ) => {
      target.forEach((y, row) => {
        if (gradient !== undefined) gradient[row] = (score?.[row] as number) - y;
        if (hessian !== undefined) hessian[row] = 1;
      });
    };
    const customMetric = { name: 'mine', isHigherBetter: false, evaluate: () => 0.25 };
    const parameters = { boostFromAverage: false, metric: 'custom' };
    for (const kernels of ['auto', 'plain'] as const) {
      const built = await train(rows, { objective: 'regression', parameters: { boostFromAverage: false }, kernels });
      const own = await train(rows, { objective: 'custom', parameters, customObjective, customMetric, kernels });
      expect(own.ensemble).toEqual(built.ensemble);
      expect(own.metrics).toEqual(Array(10).fill(0.25));
    }
  });

  it('end the run with FIT_FAILED where they throw', async () => {
    const customObjective = (): never => {
      throw new Error('mine');
    };
    const run = train(rows, { objective: 'custom', customObjective });
    await expect(run).rejects.toMatchObject({
      code: 'FIT_FAILED',
      cause: expect.objectContaining({ message: 'mine' }),
    });
  });
});
