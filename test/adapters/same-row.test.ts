import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Predictor } from '../../src/core/predictor.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { defineFeatures } from '../../src/schema/define-features.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { exchange, postCsv, postJson } from './exchange.js';
import type { RunningHost } from './hosts.js';
import { HOSTS } from './hosts.js';

const PLANS = ['free', 'team', 'pro'] as const;
const features = defineFeatures({
  row: z.object({ age: z.number().nullable(), visits: z.number(), plan: z.enum(PLANS).nullable() }),
  target: { column: 'converted', task: 'binary', positive: 1 },
});
const ROWS = [
  { age: 31.25, visits: 4, plan: 'pro' },
  { age: null, visits: 0.1, plan: 'free' },
  { age: 0, visits: 1e-7, plan: null },
  { age: 77, visits: -3.3, plan: 'team' },
];

async function trained(): Promise<Predictor<never>> {
  const registry = memoryRegistry();
  const n = 300;
  const age = Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? Number.NaN : 18 + ((i * 37) % 50)));
  const visits = Float64Array.from({ length: n }, (_, i) => ((i * 13) % 29) / 3);
  const plan = new DictionaryColumn(
    Int32Array.from({ length: n }, (_, i) => (i % 11 === 0 ? -1 : i % 3)),
    PLANS,
  );
  const converted = Float64Array.from({ length: n }, (_, i) => Number(((i * 13) % 29) + (i % 3) * 4 + (i % 5) > 18));
  const table = makeTable([
    ['age', age],
    ['visits', visits],
    ['plan', plan],
    ['converted', converted],
  ]);
  const data = { load: async () => ({ data: table }) };
  await createTrainer({ registry }).train({ name: 'prospect', data, features, model: 'logistic' });
  return createPredictor({ registry, model: 'prospect' });
}

/** A prediction as a script gets it, which has no id. */
function withoutId({ id, ...prediction }: { id: string }): unknown {
  expect(id).not.toBe('');
  return prediction;
}

describe('a trained model', () => {
  let predictor: Predictor<never>;
  const hosts: RunningHost[] = [];
  beforeAll(async () => {
    predictor = await trained();
    for (const start of Object.values(HOSTS)) hosts.push(await start({ predictors: { prospect: predictor } }));
  });
  afterAll(async () => {
    for (const host of hosts) await host.close();
  });

  test('scores a row to the same bits in a script and on every adapter, alone, in a list and in CSV', async () => {
    const script = ROWS.map((row) => predictor.predictOne(row as never));
    expect(new Set(script.map(({ score }) => score)).size).toBe(ROWS.length);
    const lines = ROWS.map(({ age, visits, plan }) => [age, visits, plan].map((cell) => cell ?? '').join());
    for (const { origin } of hosts) {
      for (const [i, row] of ROWS.entries()) {
        const { text } = await exchange(origin, postJson('/predict', row));
        expect(withoutId(JSON.parse(text))).toEqual(script[i]);
      }
      const list = JSON.parse((await exchange(origin, postJson('/predict/batch', ROWS))).text);
      expect(list.map(withoutId)).toEqual(script);
      const csv = postCsv('/predict/batch', ['age,visits,plan', ...lines].join('\n'), { accept: 'application/json' });
      expect(JSON.parse((await exchange(origin, csv)).text).map(withoutId)).toEqual(script);
    }
  });

  test('names the columns that CSV lacks and the cells that do not fit', async () => {
    for (const { origin } of hosts) {
      const lacking = JSON.parse((await exchange(origin, postCsv('/predict/batch', 'age,plan\n3,pro\n'))).text);
      expect(lacking.problems).toMatchObject([{ column: 'visits' }]);
      const wrong = JSON.parse(
        (await exchange(origin, postCsv('/predict/batch', 'age,visits,plan\nold,1,gold\n'))).text,
      );
      expect(wrong.problems).toMatchObject([
        { column: 'age', kind: 'string', rows: [0] },
        { column: 'plan', kind: 'string', rows: [0] },
      ]);
      expect(JSON.stringify(wrong)).not.toMatch(/gold|old"/);
    }
  });
});
