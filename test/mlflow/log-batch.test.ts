import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchBodies, MLFLOW_LIMITS } from '../../src/mlflow/log-batch.js';

const key = fc.stringMatching(/^[a-z]{1,12}$/);
const batches = fc.record({
  metrics: fc.array(
    fc.record({
      key,
      value: fc.double({ noNaN: true, noDefaultInfinity: true }),
      step: fc.nat(9),
      timestampMs: fc.nat(),
    }),
    { maxLength: 2500 },
  ),
  params: fc.dictionary(
    key,
    fc.string({ maxLength: 6000, unit: 'grapheme' }).map((text) => text.slice(0, 6000)),
    { maxKeys: 250 },
  ),
  tags: fc.dictionary(key, fc.string({ maxLength: 50 }), { maxKeys: 250 }),
});

describe('batchBodies', () => {
  it('loses and repeats nothing, and keeps every request within the limits', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const bodies = batchBodies(batch);
        const all = (kind: 'metrics' | 'params' | 'tags') => bodies.flatMap((body) => body[kind]);
        const pairs = (values: object) => Object.entries(values).map(([name, value]) => ({ key: name, value }));
        expect(all('params')).toEqual(pairs(batch.params));
        expect(all('tags')).toEqual(pairs(batch.tags));
        expect(all('metrics')).toMatchObject(
          batch.metrics.map(({ key: name, value, step }) => ({ key: name, value, step })),
        );
        for (const body of bodies) {
          expect(body.metrics.length).toBeLessThanOrEqual(MLFLOW_LIMITS.metrics);
          expect(Math.max(body.params.length, body.tags.length)).toBeLessThanOrEqual(MLFLOW_LIMITS.paramsOrTags);
          expect(body.metrics.length + body.params.length + body.tags.length).toBeLessThanOrEqual(MLFLOW_LIMITS.items);
          expect(Buffer.byteLength(JSON.stringify({ run_id: 'x'.repeat(32), ...body }))).toBeLessThanOrEqual(
            MLFLOW_LIMITS.bytes,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('cuts by bytes before it cuts by number', () => {
    const params = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`p${i}`, '日'.repeat(6000)]));
    expect(batchBodies({ params }).length).toBe(2);
  });

  it('writes NaN and infinity as MLflow reads them', () => {
    const metrics = [Number.NaN, Number.POSITIVE_INFINITY].map((value) => ({
      key: 'm',
      value,
      step: 0,
      timestampMs: 1,
    }));
    expect(batchBodies({ metrics })[0]?.metrics).toMatchObject([{ value: 'NaN' }, { value: 'Infinity' }]);
  });

  it.each([
    [{ params: { a: 'x'.repeat(6001) } }, /param a must have at most 6000 characters, got 6001/],
    [{ tags: { a: 'x'.repeat(8001) } }, /tag a must have at most 8000/],
    [{ params: { ['a'.repeat(251)]: '' } }, /key of a param must be 1 to 250/],
    [{ params: { 'a{b': '' } }, /key of a param/],
  ])('refuses what MLflow would cut or refuse', (batch, message) => {
    expect(() => batchBodies(batch)).toThrow(message);
  });
});
