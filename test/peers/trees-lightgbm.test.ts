// Trees of real LightGBM and CatBoost models, scored and explained here as there.
import { describe, expect, test } from 'vitest';
import { checkTreeEnsemble } from '../../src/boosting/scoring/check-tree-ensemble.js';
import { featureImportance } from '../../src/boosting/scoring/feature-importance.js';
import { kernelRowScorer } from '../../src/boosting/scoring/kernel-row-scorer.js';
import { leafIndexes } from '../../src/boosting/scoring/leaf-indexes.js';
import { quickScorer } from '../../src/boosting/scoring/quick-scorer.js';
import { scoreRow } from '../../src/boosting/scoring/score-row.js';
import type { TreeEnsemble } from '../../src/boosting/scoring/tree-ensemble.js';
import { treeShap } from '../../src/explain/tree-shap.js';
import { loadHarness } from '../bench/load-harness.js';
import { describeGiven } from './describe-given.js';
import { hasPython, runPython } from './run-python.js';

/** LightGBM's SHAP values go through the unwinding of the original paper, whose rounding grows with the depth. */
const SHAP_DIGITS = 9;
/** CatBoost scales and sums its leaves in another order. */
const CATBOOST_DIGITS = 12;

interface Scored {
  readonly rows: readonly (readonly (number | null)[])[];
  readonly model: string;
  readonly scores: readonly (readonly number[])[];
}
interface LightgbmScored extends Scored {
  readonly leaves: readonly (readonly number[])[];
  readonly contributions: readonly (readonly number[])[];
  readonly gain: readonly number[];
  readonly split: readonly number[];
}

const { lightgbmEnsemble } = await loadHarness<{ lightgbmEnsemble(text: string): TreeEnsemble }>('lightgbm-text.mjs');
const { catboostEnsemble } = await loadHarness<{ catboostEnsemble(model: unknown): TreeEnsemble }>('catboost-json.mjs');

const CASES = [
  { objective: 'binary', params: { num_leaves: 31 }, categorical: [] },
  { objective: 'binary', params: { num_leaves: 15, max_cat_to_onehot: 2 }, categorical: [4] },
  { objective: 'multiclass', params: { num_class: 3, num_leaves: 8 }, categorical: [4] },
  { objective: 'regression', params: { num_leaves: 63, learning_rate: 0.3, use_missing: false }, categorical: [] },
];

for (const parameters of CASES) {
  const name = `a ${parameters.objective} model of LightGBM with ${JSON.stringify(parameters.params)}`;
  describeGiven(name, { given: hasPython || undefined, needs: 'LightGBM: npm run test:peers' }, () => {
    const theirs = runPython('trees_lightgbm.py', { library: 'lightgbm', seed: 3, ...parameters }) as LightgbmScored;
    const ensemble = lightgbmEnsemble(theirs.model);
    const { rows, columns } = inputs(theirs);

    test('has the same raw scores to the bit, row by row and in a batch', () => {
      checkTreeEnsemble(ensemble);
      const expected = theirs.scores.flat();
      expect(scoresByRow(ensemble, rows, (values, out) => scoreRow(ensemble, values, out))).toEqual(expected);
      expect(scoresByRow(ensemble, rows, kernelRowScorer(ensemble))).toEqual(expected);
      const out = new Float64Array(expected.length);
      quickScorer(ensemble)?.(columns, rows.length, out);
      expect([...out]).toEqual(expected);
    });

    test('has the same leaves and importances', () => {
      expect([...leafIndexes(ensemble, columns, rows.length)]).toEqual(theirs.leaves.flat());
      expect([...featureImportance(ensemble, 'split')]).toEqual(theirs.split);
      for (const [feature, gain] of featureImportance(ensemble, 'gain').entries()) {
        expect(gain / (theirs.gain[feature] as number) || 1).toBeCloseTo(1, 5); // the text has six digits of a gain
      }
    });

    test('has the same SHAP values and baseline', () => {
      const { baseline, explainRow } = treeShap(ensemble);
      for (const [row, values] of rows.entries()) {
        const shap = explainRow(values);
        const own = Array.from(baseline, (mean, output) => {
          return [...shap.subarray(output * ensemble.nFeatures, (output + 1) * ensemble.nFeatures), mean];
        }).flat();
        const expected = theirs.contributions[row] as readonly number[];
        expect(own.length).toBe(expected.length);
        for (const [i, value] of own.entries()) expect(value).toBeCloseTo(expected[i] as number, SHAP_DIGITS);
      }
    });
  });
}

const CATBOOST_CASES = [{ params: { depth: 6 } }, { params: { depth: 3, nan_mode: 'Max' } }];

describe.skipIf(!hasPython).each(CATBOOST_CASES)('a symmetric model of CatBoost with $params', (parameters) => {
  test('has the same raw scores', () => {
    const theirs = runPython('trees_lightgbm.py', { library: 'catboost', seed: 4, ...parameters }) as Scored;
    const ensemble = catboostEnsemble(JSON.parse(theirs.model));
    const { rows, columns } = inputs(theirs);
    const out = new Float64Array(rows.length);
    quickScorer(ensemble)?.(columns, rows.length, out);
    expect(scoresByRow(ensemble, rows, kernelRowScorer(ensemble))).toEqual([...out]);
    for (const [row, score] of out.entries())
      expect(score).toBeCloseTo(theirs.scores[row]?.[0] as number, CATBOOST_DIGITS);
  });
});

function inputs(scored: Scored): { rows: Float64Array[]; columns: Float64Array[] } {
  const rows = scored.rows.map((row) => Float64Array.from(row, (value) => value ?? Number.NaN));
  const columns = Array.from(rows[0] ?? [], (_, f) => Float64Array.from(rows, (row) => row[f] as number));
  return { rows, columns };
}

function scoresByRow(
  { nOutputs }: TreeEnsemble,
  rows: readonly Float64Array[],
  score?: (values: Float64Array, out: Float64Array) => void,
): number[] {
  return rows.flatMap((values) => {
    const out = new Float64Array(nOutputs);
    score?.(values, out);
    return [...out];
  });
}
