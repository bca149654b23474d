import { describe, expect, it } from 'vitest';
import type { BoosterRows } from '../../src/boosting/booster-request.js';
import { memoryLayout } from '../../src/boosting/memory-layout.js';
import { createRandom } from '../../src/core/random.js';
import { madeRows, rawScores, SYMMETRIC, train } from './booster-data.js';

function matrixOf(
  columns: Float64Array[],
  target: Float64Array,
  kind: 'numeric' | 'categorical' = 'numeric',
): BoosterRows {
  const features = columns.map((_, f) => ({ name: `x${f}`, kind }));
  return { features: { nRows: target.length, features, columns }, target };
}

describe('odd data makes a sane model', () => {
  it.each(['leafwise', 'symmetric'])('a column with no value, and one with a single value: %s', async (growPolicy) => {
    const rows = madeRows('binary');
    const columns = [...rows.features.columns.slice(0, 4)];
    columns[2] = new Float64Array(400).fill(Number.NaN);
    columns[3] = new Float64Array(400).fill(7);
    const parameters = growPolicy === 'symmetric' ? SYMMETRIC : {};
    const { ensemble } = await train(matrixOf(columns as Float64Array[], rows.target), { parameters });
    const used = new Set(ensemble.trees.flatMap((tree) => [...tree.splitFeature]));
    expect([...used].sort()).toEqual([0, 1]);
  });

  it('a constant target needs no tree', async () => {
    const rows = madeRows('regression');
    const { ensemble } = await train({ ...rows, target: new Float64Array(400).fill(3.5) }, { objective: 'regression' });
    expect(ensemble.trees).toEqual([]);
    expect([...ensemble.baseScore]).toEqual([3.5]);
  });

  it('one row', async () => {
    const { ensemble } = await train(matrixOf([Float64Array.of(1)], Float64Array.of(2)), { objective: 'regression' });
    expect([...rawScores(ensemble, { nRows: 1, features: [], columns: [Float64Array.of(1)] })]).toEqual([2]);
  });

  it.each(['subset', 'ordered'])('a categorical column of 100,000 levels: %s', async (categoricalEncoding) => {
    const random = createRandom(3);
    const nRows = 2000;
    const levels = Float64Array.from({ length: nRows }, () => random.integer(100_000));
    levels[0] = 99_999;
    const target = Float64Array.from({ length: nRows }, () => random.integer(2));
    const { ensemble } = await train(matrixOf([levels], target, 'categorical'), {
      parameters: { categoricalEncoding },
    });
    const scores = rawScores(ensemble, { nRows: 1, features: [], columns: [Float64Array.of(1e6)] });
    expect(Number.isFinite(scores[0])).toBe(true);
  });

  it('5,000 columns', async () => {
    const random = createRandom(4);
    const columns = Array.from({ length: 5000 }, () => Float64Array.from({ length: 60 }, () => random.normal()));
    const target = Float64Array.from(columns[4321] as Float64Array, (x) => 3 * x);
    const parameters = { numIterations: 3, numLeaves: 3 };
    const { ensemble } = await train(matrixOf(columns, target), { objective: 'regression', parameters });
    expect(ensemble.trees[0]?.splitFeature[0]).toBe(4321);
  });
});

describe('data the engine cannot take is refused', () => {
  it('infinite values, by column and count, whatever their rows hold', async () => {
    const rows = madeRows('binary');
    const columns = rows.features.columns.map((column) => Float64Array.from(column));
    (columns[2] as Float64Array)[7] = Number.NEGATIVE_INFINITY;
    const run = train({ ...rows, features: { ...rows.features, columns } });
    await expect(run).rejects.toMatchObject({
      code: 'VALUE_INVALID',
      message: 'booster: column x2 must be finite, got Infinity in 1 rows',
    });
  });

  it('level positions that are none', async () => {
    const run = train(matrixOf([Float64Array.of(0, 1.5)], Float64Array.of(0, 1), 'categorical'));
    await expect(run).rejects.toMatchObject({ code: 'VALUE_INVALID' });
  });

  it('more than 4 GiB, with the numbers and what to do', () => {
    const request = {
      nRows: 4e7,
      nAllRows: 4e7,
      nColumns: 50,
      nScores: 1,
      maxLeaves: 31,
      nThreads: 2,
      sampleRows: 65536,
      isByLevel: false,
    };
    expect(() => memoryLayout(request)).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE', message: expect.stringMatching(/40000000 rows x 50 columns/) }),
    );
  });

  it.each([
    [{ baggingFraction: 0.5 }, 'baggingFraction has no effect without baggingFreq'],
    [{ numLeaves: 1 }, 'numLeaves must be 0 or >= 2'],
    [{ monotoneConstraints: { level: 1 } }, 'monotoneConstraints names level, which is categorical'],
    [{ monotoneConstraints: { x9: 1 } }, 'monotoneConstraints names x9, which is no feature; did you mean x0?'],
    [{ monotoneConstraints: { x0: 0.5 } }, 'monotoneConstraints must be -1, 0 or 1'],
    [{ interactionConstraints: ['x0+y'] }, 'interactionConstraints names y, which is no feature'],
    [{ ...SYMMETRIC, pathSmooth: 1 }, 'pathSmooth is not available for symmetric trees'],
  ])('parameters without effect or meaning: %o', async (parameters, message) => {
    await expect(train(madeRows('binary'), { parameters })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(message),
    });
  });
});
