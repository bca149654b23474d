// Model directories written here, loaded by mlflow.pyfunc in Python: 1,000 raw rows for every kind of model and every step.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeBundle } from '../../src/bundle/write-bundle.js';
import type { FittedCase } from './fitted-cases.js';
import { fitCase, largestDifference, RAW_CASES } from './fitted-cases.js';
import { recordCell } from './formats-record.js';
import { rawRows } from './pyfunc-cases.js';
import { hasEnvironment, runPython } from './run-python.js';

interface Answer {
  readonly error?: string;
  readonly scores: readonly number[];
}

const hasMlflow = hasEnvironment('mlflow');
const FOLDER = mkdtempSync(join(tmpdir(), 'tabwright-pyfunc-'));
const fitted = new Map<string, FittedCase>();
if (hasMlflow) {
  for (const each of RAW_CASES) fitted.set(each.id, await fitCase(each));
  for (const [id, each] of fitted) writeFolder(id, each);
}
const answers = hasMlflow
  ? (runPython(
      'formats_pyfunc.py',
      { folder: FOLDER, rows: rawRows, dates: ['day', 'later'], booleans: ['flag'] },
      'mlflow',
    ) as Record<string, Answer>)
  : {};

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe.skipIf(!hasMlflow)('mlflow.pyfunc scores raw rows as here', () => {
  test.each(RAW_CASES)('$name', ({ id, name, kind }) => {
    const { error = '', scores } = answers[id] as Answer;
    expect(error).toBe('');
    const worst = largestDifference((fitted.get(id) as FittedCase).scores, scores);
    recordCell('pyfunc', { library: 'mlflow.pyfunc', name, data: 'raw rows' }, { outputs: worst });
    // XGBoost's exponential is one of float32.
    expect(worst).toBeLessThanOrEqual(kind === 'mlXgboost' ? 1e-6 : 1e-9);
  });
});

function writeFolder(id: string, { spec, pipeline, model }: FittedCase): void {
  const made = { metrics: {}, training: {}, card: '# test', plots: {}, createdAt: '2026-01-01T00:00:00.000Z' };
  const files = writeBundle({ spec, pipeline, model, goldenRows: rawRows.slice(0, 16), ...made });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(FOLDER, id, path)), { recursive: true });
    writeFileSync(join(FOLDER, id, path), bytes);
  }
}
