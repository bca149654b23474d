// Two hundred thousand predictions under watch: one feature moves half-way, truths come ten thousand predictions late.
import { describe, expect, test } from 'vitest';
import type { FeatureSpec } from '../../src/core/feature-spec.js';
import type { Prediction } from '../../src/core/predictor.js';
import { createRandom } from '../../src/core/random.js';
import { driftReference } from '../../src/drift/reference/make-drift-reference.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import type { Monitor } from '../../src/monitoring/monitor.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { makeTable } from '../../src/table/make-table.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { hasPython, runPython } from '../peers/run-python.js';

const NAMES = ['f0', 'f1', 'f2', 'f3', 'f4'];
const spec: FeatureSpec = {
  fields: NAMES.map((name) => ({ name, type: 'number', nullable: false })),
  target: { column: 'y', task: 'binary', classes: ['no', 'yes'], positive: 'yes' },
};
const N_ROWS = 200_000;
const SHIFT_AT = 100_000;
const SHIFT_SIGMAS = 0.3;
const LABEL_LAG = 10_000;
const DRIFT_ROWS = 2000;
const CHECK_ROWS = 250;
const WINDOW_ROWS = 10_000;
/** The false-alarm rate that is stated: the level of the test. */
const LEVEL = 0.01;
const MS_PER_ROW = 10;

interface Made {
  readonly row: Readonly<Record<string, number>>;
  readonly prediction: Prediction;
  readonly truth: 'yes' | 'no';
}

/** Rows of independent normal features; the model knows how they make the truth. */
function maker(seed: number): (shift: number) => Made {
  const random = createRandom(seed);
  return (shift) => {
    const values = NAMES.map((_, i) => random.normal() + (i === 0 ? shift : 0));
    const logit = (values[0] as number) + 0.5 * (values[1] as number) - 0.5;
    const score = 1 / (1 + Math.exp(-logit));
    return {
      row: Object.fromEntries(NAMES.map((name, i) => [name, values[i] as number])),
      prediction: { score, label: score >= 0.5 ? 'yes' : 'no', model: 'm', version: 1 },
      truth: random.next() < score ? 'yes' : 'no',
    };
  };
}

async function watched(clock: () => number): Promise<Monitor> {
  const make = maker(99);
  const rows = Array.from({ length: 50_000 }, () => make(0).row);
  const table = makeTable(NAMES.map((name) => [name, Float64Array.from(rows, (row) => row[name] as number)]));
  const reference = driftReference(table, spec);
  const watching = await monitor({
    predictors: { m: stubPredictor({ name: 'm', spec }) },
    referenceOf: () => reference,
    drift: { numericMeasure: 'kolmogorov-smirnov', level: LEVEL, rows: DRIFT_ROWS },
    windowRows: WINDOW_ROWS,
    clock,
  });
  // The reference is there a turn of the event loop later.
  await new Promise((resolve) => setImmediate(resolve));
  return watching;
}

function drifted(watching: Monitor): string[] {
  const report = watching.drift('m');
  if (report === undefined || report instanceof Promise) throw new Error('there must be a report');
  return report.columns.filter(({ isDrifted }) => isDrifted).map(({ name }) => name);
}

/** The count that a binomial variable stays at or below in all but one of ten thousand cases. */
function binomialBound(n: number, p: number): number {
  let probability = (1 - p) ** n;
  let below = probability;
  let k = 0;
  while (below < 0.9999) {
    probability *= ((n - k) / (k + 1)) * (p / (1 - p));
    below += probability;
    k++;
  }
  return k;
}

describe('a monitor over many predictions', () => {
  test('sees a feature move by 0.3 sigma within 2,000 rows, and knows what the model is worth by late truths', async () => {
    let made = 0;
    const watching = await watched(() => made * MS_PER_ROW);
    const make = maker(7);
    const all: Made[] = [];
    let seenAt = Number.POSITIVE_INFINITY;
    for (; made < N_ROWS; made++) {
      const each = make(made < SHIFT_AT ? 0 : SHIFT_SIGMAS);
      all.push(each);
      watching.predicted('m', `id-${made}`, each.row, each.prediction);
      const late = all[made - LABEL_LAG];
      if (late !== undefined) watching.feedback('m', [{ id: `id-${made - LABEL_LAG}`, truth: late.truth }]);
      const isCheck = made >= SHIFT_AT && made % CHECK_ROWS === 0 && seenAt > made;
      if (isCheck && made > SHIFT_AT && drifted(watching).includes('f0')) seenAt = made;
    }
    console.log(`the shift at row ${SHIFT_AT} was seen ${seenAt - SHIFT_AT} rows later`);
    expect(seenAt - SHIFT_AT).toBeLessThanOrEqual(2000);

    const joined = all.slice(N_ROWS - LABEL_LAG - WINDOW_ROWS, N_ROWS - LABEL_LAG);
    const target = joined.map(({ truth }) => Number(truth === 'yes'));
    const scores = joined.map(({ prediction }) => prediction.score);
    const { metrics, estimated, estimateError } = watching.performance('m');
    const rows = { target: Float64Array.from(target), predictions: Float64Array.from(scores) };
    expect(metrics.auc).toBeCloseTo(evaluate({ task: 'binary', nClasses: 2, ...rows }).auc as number, 12);
    if (hasPython) {
      const { realised } = runPython('monitoring_sklearn.py', { target, scores }) as { realised: { auc: number } };
      expect(metrics.auc).toBeCloseTo(realised.auc, 12);
    }
    console.log(`AUC ${metrics.auc}, estimated without truths ${estimated?.metrics.auc}`);
    console.log('error of the estimate (CBPE) on the joined rows', estimateError);
    expect(Math.abs(estimateError?.auc as number)).toBeLessThan(0.02);
    await watching.close();
  });

  test('raises no more alarms than it says where nothing moves, over 20 seeds', async () => {
    let alarms = 0;
    for (let seed = 100; seed < 120; seed++) {
      let made = 0;
      const watching = await watched(() => made * MS_PER_ROW);
      const make = maker(seed);
      for (; made < DRIFT_ROWS; made++) {
        const { row, prediction } = make(0);
        watching.predicted('m', `id-${made}`, row, prediction);
      }
      alarms += drifted(watching).length;
      await watching.close();
    }
    const n = 20 * NAMES.length;
    console.log(`${alarms} alarms of ${n} looks at a level of ${LEVEL}; at most ${binomialBound(n, LEVEL)} are due`);
    expect(alarms).toBeLessThanOrEqual(binomialBound(n, LEVEL));
  });
});
