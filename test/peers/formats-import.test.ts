// Models that the real libraries trained and saved, scored here as there.
import { describe, test } from 'vitest';
import type { ForeignModel } from './foreign-model.js';
import { checkForeignModel } from './foreign-model.js';
import { IMPORT_CELLS } from './formats-cells.js';
import { recordCell } from './formats-record.js';
import { hasPython, runPython } from './run-python.js';

const scored = hasPython ? (runPython('formats_import.py', IMPORT_CELLS) as ForeignModel[]) : [];

describe.skipIf(!hasPython)('a model that its library trained scores here as there', () => {
  test.each(IMPORT_CELLS.map((cell, i) => ({ ...cell, i })))('$library $name, $data', async ({ i, ...cell }) => {
    recordCell('import', cell, { ...(await checkForeignModel(cell, scored[i] as ForeignModel)) });
  });
});
