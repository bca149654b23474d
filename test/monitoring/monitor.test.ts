import fc from 'fast-check';
import * as client from 'prom-client';
import { describe, expect, test } from 'vitest';
import type { Predictor } from '../../src/core/predictor.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { filePredictionLog } from '../../src/monitoring/log/file-prediction-log.js';
import { readPredictionLog } from '../../src/monitoring/log/read-prediction-log.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { prometheusMetrics } from '../../src/prometheus/prometheus-metrics.js';
import { makeTable } from '../../src/table/make-table.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { temporaryFolder } from '../temporary-folder.js';
import { allOf } from './records.js';
import { answer, rows, scoring, watch } from './watching.js';

const binary = (target: readonly string[], scores: readonly number[]) =>
  evaluate({
    task: 'binary',
    nClasses: 2,
    target: Float64Array.from(target, (label) => Number(label === 'yes')),
    predictions: Float64Array.from(scores),
  });

describe('monitor', () => {
  test('joins truths with predictions: the metrics are those of the joined rows', async () => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor } });
    const all = rows(500);
    all.forEach(({ row }, i) => {
      answer(watching, predictor, `id-${i}`, row);
    });
    const labelled = all.slice(0, 300);
    const truths = labelled.map(({ truth }, i) => ({ id: `id-${i}`, truth }));
    expect(watching.feedback('m', truths)).toEqual({ joined: 300, repeated: 0, waiting: 0 });
    const { metrics, window, estimated, feedback } = watching.performance('m');
    const expected = binary(
      labelled.map(({ truth }) => truth),
      labelled.map(({ row }) => row.x),
    );
    expect(metrics).toMatchObject(expected);
    expect([window.nRows, estimated?.nRows, feedback.joined]).toEqual([300, 500, 300]);
    await watching.close();
  });

  test('gives the same whatever the order in which truths come, and however often', async () => {
    const predictor = scoring();
    const all = rows(40, 3);
    const truths = all.map(({ truth }, i) => ({ id: `id-${i}`, truth }));
    const inOrder = await watch({ predictors: { m: predictor } });
    all.forEach(({ row }, i) => {
      answer(inOrder, predictor, `id-${i}`, row);
    });
    inOrder.feedback('m', truths);
    const { metrics } = inOrder.performance('m');
    const events = [...all.keys(), ...all.keys(), ...all.keys()].map((i, at) => ({ i, isTruth: at >= all.length }));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
        const watching = await watch({ predictors: { m: predictor } });
        for (const { i, isTruth } of shuffled) {
          if (isTruth) watching.feedback('m', [truths[i] as (typeof truths)[0]]);
          else answer(watching, predictor, `id-${i}`, (all[i] as (typeof all)[0]).row);
        }
        const report = watching.performance('m');
        expect(report.window.nRows).toBe(40);
        for (const [name, value] of Object.entries(metrics)) {
          expect(report.metrics[name]).toBeCloseTo(value as number, 12);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('lets the last truth of a prediction win, and counts what came again', async () => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor } });
    answer(watching, predictor, 'a', { x: 0.9, plan: 'pro' });
    expect(watching.feedback('m', [{ id: 'a', truth: 'no' }])).toEqual({ joined: 1, repeated: 0, waiting: 0 });
    expect(watching.performance('m').metrics.accuracy).toBe(0);
    expect(watching.feedback('m', [{ id: 'a', truth: 'yes' }])).toEqual({ joined: 0, repeated: 1, waiting: 0 });
    expect(watching.performance('m').metrics.accuracy).toBe(1);
    expect(watching.performance('m').window.nRows).toBe(1);
  });

  test('keeps truths that come before their prediction, so many of them', async () => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor }, maxWaiting: 2 });
    const truths = ['a', 'b', 'c'].map((id) => ({ id, truth: 'yes' }));
    expect(watching.feedback('m', truths)).toEqual({ joined: 0, repeated: 0, waiting: 3 });
    for (const id of ['a', 'b', 'c']) answer(watching, predictor, id, { x: 0.9, plan: 'pro' });
    const { feedback, window } = watching.performance('m');
    expect(feedback).toEqual({ joined: 2, repeated: 0, waiting: 3, dropped: 1 });
    expect(window.nRows).toBe(2);
  });

  test('forgets predictions past maxPending and rows past windowRows, the oldest first', async () => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor }, maxPending: 20, windowRows: 10 });
    const all = rows(50, 5);
    all.forEach(({ row }, i) => {
      answer(watching, predictor, `id-${i}`, row);
    });
    const outcome = watching.feedback(
      'm',
      all.map(({ truth }, i) => ({ id: `id-${i}`, truth })),
    );
    expect(outcome).toEqual({ joined: 20, repeated: 0, waiting: 30 });
    const last = all.slice(-10);
    const { metrics, window, estimated } = watching.performance('m');
    expect([window.nRows, estimated?.nRows]).toEqual([10, 10]);
    expect(metrics.logLoss).toBeCloseTo(
      binary(
        last.map(({ truth }) => truth),
        last.map(({ row }) => row.x),
      ).logLoss as number,
      12,
    );
    // Its row has left the window: the new truth must not land on another's.
    const before = watching.performance('m').metrics;
    watching.feedback('m', [{ id: 'id-31', truth: 'yes' }]);
    expect(watching.performance('m').metrics).toEqual(before);
  });

  test('breaks performance down by segments, of which there are so many', async () => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor }, segments: ['plan'], maxSegmentValues: 2 });
    const plans = ['a', 'b', 'c', 'd', null, 'a'];
    plans.forEach((plan, i) => {
      answer(watching, predictor, `id-${i}`, { x: i / 10, plan });
    });
    watching.feedback(
      'm',
      plans.map((_, i) => ({ id: `id-${i}`, truth: i % 2 === 0 ? 'no' : 'yes' })),
    );
    const { segments } = watching.performance('m');
    expect(segments.map(({ column, value, nRows }) => [column, value, nRows])).toEqual([
      ['plan', 'a', 2],
      ['plan', 'other', 2],
      ['plan', 'b', 1],
      ['plan', 'missing', 1],
    ]);
    expect(segments[0]?.metrics).toMatchObject(binary(['no', 'yes'], [0, 0.5]));
  });

  test('counts positives from the threshold on', async () => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor }, threshold: 0.3 });
    [0.2, 0.3, 0.4, 0.9].forEach((x, i) => {
      answer(watching, predictor, `${i}`, { x, plan: 'pro' });
    });
    watching.feedback(
      'm',
      ['yes', 'no', 'yes', 'yes'].map((truth, i) => ({ id: `${i}`, truth })),
    );
    expect(watching.performance('m').metrics).toMatchObject({ accuracy: 0.5, precision: 2 / 3, recall: 2 / 3 });
  });

  test('refuses a list with a truth or an id that cannot be one, and takes none of it', async () => {
    const predictor = scoring();
    const watching = await watch({ predictors: { m: predictor } });
    answer(watching, predictor, 'a', { x: 0.9, plan: 'pro' });
    const bad = [{ id: 'a', truth: 'yes' }, { id: 'a', truth: 'maybe' }, { id: 7, truth: 'no' }, null];
    expect(() => watching.feedback('m', bad as never)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_FAILED',
        problems: [
          expect.objectContaining({ column: 'id', count: 2, rows: [2, 3] }),
          expect.objectContaining({ column: 'truth', rule: 'must be one of the 2 classes', count: 2, rows: [1, 3] }),
        ],
      }),
    );
    expect(watching.performance('m').window.nRows).toBe(0);
    expect(() => watching.feedback('other', [])).toThrow(expect.objectContaining({ code: 'MODEL_NOT_FOUND' }));
  });

  test('sees tables as it sees rows', async () => {
    const predictor = scoring();
    const lines = async (isTable: boolean) => {
      const registry = new client.Registry();
      const watching = await watch({
        predictors: { m: predictor },
        metrics: prometheusMetrics({ client, registry }),
        segments: ['plan'],
        clock: () => 0,
      });
      const given = [0.1, 0.2, 0.7].map((x, i) => ({ x, plan: i === 1 ? null : 'pro' }));
      if (isTable) {
        const table = makeTable([['x', Float64Array.of(0.1, 0.2, 0.7)]]).assign({
          plan: ['pro', null, 'pro'],
        } as never);
        watching.predictedTable('m', (i) => `${i}`, table, predictor.predictBatch(given));
      } else {
        given.forEach((row, i) => {
          answer(watching, predictor, `${i}`, row);
        });
      }
      watching.feedback('m', [{ id: '1', truth: 'yes' }]);
      const text = await registry.metrics();
      await watching.close();
      const { segments } = watching.performance('m');
      return [text, segments];
    };
    expect(await lines(true)).toEqual(await lines(false));
  });

  test.each([
    ['regression', 3.5, { rmse: 0.5, mae: 0.5 }],
    ['multiclass', 'c', { accuracy: 0 }],
  ] as const)('watches a model of task %s', async (task, truth, metrics) => {
    const target = { column: 'y', task, ...(task === 'multiclass' && { classes: ['a', 'b', 'c'] }) };
    const predictor: Predictor = stubPredictor({
      spec: { fields: [{ name: 'x', type: 'number', nullable: true }], target },
      score: ({ x }) => Number(x),
    });
    const watching = await watch({ predictors: { m: predictor } });
    answer(watching, predictor, 'a', { x: task === 'regression' ? 4 : 0.5 });
    watching.feedback('m', [{ id: 'a', truth }]);
    const report = watching.performance('m');
    expect(report.metrics).toMatchObject(metrics);
    expect(report.estimated === null).toBe(task === 'regression');
  });

  test('goes on where it was after a restart, from its log', async () => {
    const folder = temporaryFolder();
    const predictor = scoring();
    const all = rows(200, 9);
    const input = async () => ({
      predictors: { m: predictor },
      log: await filePredictionLog(folder, { segmentBytes: 20_000 }),
      segments: ['plan'],
    });
    const before = await monitor(await input());
    all.slice(0, 150).forEach(({ row }, i) => {
      answer(before, predictor, `id-${i}`, row);
    });
    before.feedback('m', [{ id: 'id-150', truth: 'yes' }]);
    all.slice(150).forEach(({ row }, i) => {
      answer(before, predictor, `id-${i + 150}`, row);
    });
    const truths = all.slice(0, 100).map(({ truth }, i) => ({ id: `id-${i}`, truth }));
    before.feedback('m', truths);
    const { metrics, segments, window } = before.performance('m');
    await before.close();
    for (let restart = 0; restart < 2; restart++) {
      const after = await monitor(await input());
      const report = after.performance('m');
      expect([report.metrics, report.segments, report.window]).toEqual([metrics, segments, window]);
      expect(after.feedback('m', [{ id: 'id-0', truth: all[0]?.truth as string }]).repeated).toBe(1);
      expect(after.performance('m').metrics).toEqual(metrics);
      await after.close();
    }
  });

  test('logs values of features only where they are asked for', async () => {
    const predictor = scoring();
    const logged = async (logRows: boolean) => {
      const folder = temporaryFolder();
      const log = await filePredictionLog(folder);
      const watching = await watch({ predictors: { m: predictor }, log, logRows, segments: ['plan'] });
      answer(watching, predictor, 'a', { x: 0.25, plan: 'pro', secret: 'no field' });
      await watching.close();
      return (await allOf(readPredictionLog(folder)))[0];
    };
    expect(await logged(false)).toEqual({
      kind: 'prediction',
      timeMs: expect.any(Number),
      served: 'm',
      id: 'a',
      model: 'prospects',
      version: 1,
      score: 0.25,
      label: 'no',
      segments: { plan: 'pro' },
    });
    expect(await logged(true)).toMatchObject({ row: { x: 0.25, plan: 'pro' } });
  });

  test('refuses segments that no model has', async () => {
    await expect(watch({ segments: ['pla'] })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
