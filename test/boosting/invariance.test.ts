import { describe, expect, it } from 'vitest';
import type { BoosterRows } from '../../src/boosting/booster-request.js';
import { createRandom } from '../../src/core/random.js';
import { distance, madeRows, rawScores, SYMMETRIC, train } from './booster-data.js';

const rows = madeRows('regression', 3000);
const unseen = madeRows('regression', 300, 5).features;
const policies: [string, Record<string, unknown>][] = [
  ['leaf-wise', {}],
  ['depth-wise', { growPolicy: 'depthwise' }],
  ['symmetric', SYMMETRIC],
];

function take(of: BoosterRows, order: Uint32Array): BoosterRows {
  const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(order, (row) => values[row] as number);
  const columns = of.features.columns.map(pick);
  return { features: { ...of.features, nRows: order.length, columns }, target: pick(of.target) };
}

async function scoresOf(
  of: BoosterRows,
  parameters: Record<string, unknown>,
  features = unseen,
): Promise<Float64Array> {
  const more = { numIterations: 60, ...parameters };
  return rawScores((await train(of, { objective: 'regression', parameters: more })).ensemble, features);
}

/** Distance between models that only differ in how gradients were rounded, as two seeds do. */
async function noise(parameters: Record<string, unknown>): Promise<number> {
  const options = { objective: 'regression', parameters: { numIterations: 60, ...parameters } } as const;
  const [a, b] = await Promise.all([train(rows, { ...options, seed: 1 }), train(rows, { ...options, seed: 2 })]);
  return distance(rawScores(a.ensemble, unseen), rawScores(b.ensemble, unseen));
}

describe.each(policies)('a %s model', (_, parameters) => {
  it('does not change by an increasing transform of a feature', async () => {
    const stretch = (column: ArrayLike<number>): Float64Array => Float64Array.from(column, (x) => x ** 3 * 100 + 5);
    const columns = rows.features.columns.map((column, f) => (f < 2 ? stretch(column) : column));
    const stretched = { ...rows, features: { ...rows.features, columns } };
    const seen = await scoresOf(stretched, parameters, stretched.features);
    expect(seen).toEqual(await scoresOf(rows, parameters, rows.features));
  });

  it('does not change by columns in single precision, of all rows or only of those trained on', async () => {
    const single = rows.features.columns.map((column) => Float32Array.from(column));
    const double = single.map((column) => Float64Array.from(column));
    const fit = async (columns: BoosterRows['features']['columns'], heldColumns = columns): Promise<Float64Array> => {
      const of = { ...rows, features: { ...rows.features, columns } };
      const held = { ...rows, features: { ...rows.features, columns: heldColumns } };
      const more = { numIterations: 10, earlyStoppingRounds: 5, ...parameters };
      return rawScores((await train(of, { objective: 'regression', held, parameters: more })).ensemble, unseen);
    };
    const expected = await fit(double);
    expect(await fit(single)).toEqual(expected);
    expect(await fit(single, double)).toEqual(expected);
  });

  it('does not change by a constant feature', async () => {
    const features = {
      nRows: rows.features.nRows,
      features: [...rows.features.features, { name: 'constant', kind: 'numeric' as const }],
      columns: [...rows.features.columns, new Float64Array(rows.features.nRows).fill(4)],
    };
    const more = { ...unseen, columns: [...unseen.columns, new Float64Array(unseen.nRows).fill(4)] };
    expect(await scoresOf({ ...rows, features }, parameters, more)).toEqual(await scoresOf(rows, parameters));
  });

  it('changes by the order of rows no more than by the seed of rounding', async () => {
    const order = createRandom(8).shuffle(Uint32Array.from({ length: 3000 }, (_, i) => i));
    const apart = distance(await scoresOf(take(rows, order), parameters), await scoresOf(rows, parameters));
    expect(apart).toBeLessThan(2 * (await noise(parameters)));
  });

  it('takes doubled weights like doubled rows, but for rounding', async () => {
    const twice = take(
      rows,
      Uint32Array.from({ length: 6000 }, (_, i) => i >> 1),
    );
    const doubled = { ...rows, weights: new Float64Array(3000).fill(2) };
    // Minima of rows count rows, and prior and bins see every row: set so that both see the same.
    const base = {
      minDataInBin: 1,
      lambdaL2: 1,
      ...parameters,
      ...('maxDepth' in parameters ? {} : { minDataInLeaf: 1 }),
    };
    const same = { categoricalEncoding: 'subset', catSmooth: 0, minDataPerGroup: 1 };
    const options = parameters.growPolicy === 'symmetric' ? base : { ...base, ...same };
    if (parameters.growPolicy === 'symmetric') return;
    const apart = distance(await scoresOf(twice, options), await scoresOf(doubled, options));
    expect(apart).toBeLessThan(2.5 * (await noise(options)));
  });
});

describe('constraints', () => {
  it('keep the effect of a feature from falling, or rising', async () => {
    for (const direction of [1, -1]) {
      const parameters = { monotoneConstraints: { x1: direction, x0: direction }, numIterations: 50, numLeaves: 15 };
      const { ensemble } = await train(rows, { objective: 'regression', parameters });
      for (const f of [0, 1]) {
        for (let row = 0; row < 40; row++) {
          const grid = Float64Array.from({ length: 60 }, (_, i) => i / 10 - 3);
          const columns = unseen.columns.map((column, j) => (j === f ? grid : grid.map(() => column[row] as number)));
          const scores = rawScores(ensemble, { ...unseen, nRows: 60, columns });
          for (let i = 1; i < 60; i++) {
            const step = ((scores[i] as number) - (scores[i - 1] as number)) * direction;
            expect(step).toBeGreaterThanOrEqual(-1e-12);
          }
        }
      }
    }
  });

  it('keep features of different groups off each path', async () => {
    const parameters = { interactionConstraints: ['x0+x1', 'x2+level'] };
    const { ensemble } = await train(rows, { objective: 'regression', parameters });
    const groups = [new Set([0, 1]), new Set([2, 4])];
    for (const tree of ensemble.trees) {
      const walk = (child: number, path: readonly number[]): void => {
        if (child < 0) {
          expect(groups.some((group) => path.every((feature) => group.has(feature)))).toBe(true);
          return;
        }
        const longer = [...path, tree.splitFeature[child] as number];
        walk(tree.leftChild[child] as number, longer);
        walk(tree.rightChild[child] as number, longer);
      };
      walk(tree.splitFeature.length > 0 ? 0 : -1, []);
    }
  });
});
