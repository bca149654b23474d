// Files of XGBoost 1.x and 2.x, whose base scores and fields are written another way, scored here as those versions do.
import { describe, expect, test } from 'vitest';
import type { ForeignModel } from './foreign-model.js';
import { checkForeignModel } from './foreign-model.js';
import { IMPORT_CELLS } from './formats-cells.js';
import { recordCell } from './formats-record.js';
import { hasEnvironment, runPython } from './run-python.js';

/** What the first version does not know yet. */
const NEWER = ['reg:quantileerror'];

describe.each([
  ['xgboost1', 'xgboost 1.7'],
  ['xgboost2', 'xgboost 2.1'],
])('a model of %s', (environment, library) => {
  const cells = IMPORT_CELLS.filter((cell) => {
    return cell.library === 'xgboost' && !(environment === 'xgboost1' && NEWER.includes(cell.name));
  });
  const isThere = hasEnvironment(environment);
  const scored = isThere ? (runPython('xgboost_old.py', cells, environment) as ForeignModel[]) : [];

  test.skipIf(!isThere).each(cells.map((cell, i) => ({ ...cell, i })))('$name, $data', async ({ i, ...cell }) => {
    // Exponentials are those of another build.
    const { raw, outputs } = await checkForeignModel({ ...cell, tolerance: 2e-7 }, scored[i] as ForeignModel);
    recordCell('import', { ...cell, library }, { raw, outputs });
    expect(raw).toBe(0);
  });
});
