// scikit-learn as the oracle of the steps over numbers, on real data: fitted on the first half of the rows, applied to all.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { readColumn } from '../../src/table/read-column.js';
import { takeRows } from '../../src/table/take-rows.js';
import { withColumns } from '../../src/table/with-columns.js';
import { bin } from '../../src/transforms/bin.js';
import { columnNumbers } from '../../src/transforms/column-numbers.js';
import { minMaxScale } from '../../src/transforms/min-max-scale.js';
import { powerTransform } from '../../src/transforms/power-transform.js';
import { quantileTransform } from '../../src/transforms/quantile-transform.js';
import { robustScale } from '../../src/transforms/robust-scale.js';
import { describeGiven } from './describe-given.js';
import type { Cells } from './peer-columns.js';
import { cells, columns, expectClose } from './peer-columns.js';
import { PEER_DATA, peerData } from './peer-data.js';
import { runPython } from './run-python.js';

type Plain = 'minMax' | 'minMaxClip' | 'robust' | 'robustUnit' | 'uniform' | 'normal' | 'binQuantile' | 'binUniform';
interface Power {
  readonly lambdas: Cells;
  readonly columns: readonly Cells[];
}
type Transformed = Readonly<Record<Plain, readonly Cells[]>> & { readonly yeoJohnson: Power; readonly boxCox: Power };

/** The same formulas with operations in another order: some units of rounding, of which values far out make more. */
const ROUNDING = 1e-12;
/**
 * The likelihood is flat around its maximum: scipy's own, evaluated 1e-4 beside the lambda that it finds for `table` of the
 * diamonds, differs by less than the 3e-6 that its rounding makes it jump from one lambda to the next.
 */
const LAMBDA = 2e-4;

for (const name of ['adult', 'titanic', 'penguins', 'diamonds']) {
  const suite = { given: peerData(`${name}.csv`), needs: PEER_DATA };
  describeGiven(`on ${name}, the same as scikit-learn`, suite, (path) => {
    const table = parseCsv(readFileSync(path));
    const firstHalf = Uint32Array.from({ length: table.numRows() >> 1 }, (_, row) => row);
    const half = takeRows(table, firstHalf);
    const numeric = table.columnNames().filter((column) => {
      const found = readColumn(table, column);
      return found instanceof Float64Array || found instanceof BooleanColumn;
    });
    const sklearn = runPython('transforms_numbers.py', {
      numbers: numeric.map((column) => cells(table, column)),
      half: half.numRows(),
    }) as Transformed;

    test.each([
      ['minMax', minMaxScale({ columns: numeric, low: -1, high: 3 }), ROUNDING],
      ['minMaxClip', minMaxScale({ columns: numeric, clip: true }), ROUNDING],
      ['robust', robustScale({ columns: numeric }), ROUNDING],
      [
        'robustUnit',
        robustScale({ columns: numeric, lowQuantile: 0.1, highQuantile: 0.8, unitVariance: true }),
        ROUNDING,
      ],
      ['uniform', quantileTransform({ columns: numeric }), ROUNDING],
      // The normal quantile of a rank near 0 or 1 enlarges its rounding by up to 1e6.
      ['normal', quantileTransform({ columns: numeric, nQuantiles: 37, output: 'normal' }), 1e-9],
      ['binQuantile', bin({ columns: numeric, bins: 7 }), 0],
      ['binUniform', bin({ columns: numeric, bins: 4, strategy: 'uniform' }), 0],
    ] as const)('%s', (which, step, tolerance) => {
      expectClose(columns(step.fit(half).transform(table), numeric), sklearn[which], tolerance);
    });

    test('powerTransform by yeoJohnson', () => {
      const fitted = powerTransform({ columns: numeric }).fit(half);
      expectClose([lambdas(fitted.toJSON().columns)], [sklearn.yeoJohnson.lambdas], LAMBDA);
      expectClose(columns(fitted.transform(table), numeric), sklearn.yeoJohnson.columns, LAMBDA);
    });

    test('powerTransform by boxCox', () => {
      const positive = withColumns(
        table,
        numeric.map((column) => [column, aboveZero(columnNumbers(readColumn(table, column), 'test', column))]),
      );
      const fitted = powerTransform({ columns: numeric, method: 'boxCox' }).fit(takeRows(positive, firstHalf));
      expectClose([lambdas(fitted.toJSON().columns)], [sklearn.boxCox.lambdas], LAMBDA);
      expectClose(columns(fitted.transform(positive), numeric), sklearn.boxCox.columns, LAMBDA);
    });
  });
}

function lambdas(learned: unknown): Cells {
  return (learned as { lambda: number }[]).map(({ lambda }) => lambda);
}

/** As the Python script moves its columns. */
function aboveZero(numbers: Float64Array): Float64Array {
  const least = numbers.reduce(
    (min, value) => (Number.isNaN(value) ? min : Math.min(min, value)),
    Number.POSITIVE_INFINITY,
  );
  expect(least).toSatisfy(Number.isFinite);
  return numbers.map((value) => value - least + 1);
}
