// Model directories written here, loaded by mlflow.pyfunc in Python: 1,000 raw rows for every kind of model and every step.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { rowScorer } from '../../src/bundle/row-scorer.js';
import { writeBundle } from '../../src/bundle/write-bundle.js';
import type { FeatureSpec, Task } from '../../src/core/feature-spec.js';
import type { Transformer } from '../../src/core/transformer.js';
import { createModel } from '../../src/models/create-model.js';
import { fitTransform } from '../../src/transforms/fit-transform.js';
import { transformedMatrix } from '../../src/transforms/table-to-matrix.js';
import { recordCell } from './formats-record.js';
import { MODEL_CASES, N_ROWS, rawRows, rawTable, SPEC, STEP_CASES } from './pyfunc-cases.js';
import { hasEnvironment, runPython } from './run-python.js';

interface Answer {
  readonly error?: string;
  readonly scores: readonly number[];
  readonly labels: readonly string[];
}

const hasMlflow = hasEnvironment('mlflow');
const FOLDER = mkdtempSync(join(tmpdir(), 'tabwright-pyfunc-'));
const CASES = [
  ...MODEL_CASES,
  ...STEP_CASES.map(([name, steps]) => ({ name: `step ${name}`, kind: 'lightgbm', task: 'binary' as Task, steps })),
].map((each, i) => ({ ...each, id: `case-${i}` }));

const expected = new Map<string, Float64Array>();
if (hasMlflow) for (const each of CASES) expected.set(each.id, await writeCase(each));
const answers = hasMlflow
  ? (runPython(
      'formats_pyfunc.py',
      { folder: FOLDER, rows: rawRows, dates: ['day', 'later'], booleans: ['flag'] },
      'mlflow',
    ) as Record<string, Answer>)
  : {};

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

describe.skipIf(!hasMlflow)('mlflow.pyfunc scores raw rows as here', () => {
  test.each(CASES)('$name', ({ id, name, kind }) => {
    const { error = '', scores } = answers[id] as Answer;
    expect(error).toBe('');
    const own = expected.get(id) as Float64Array;
    expect(scores.length).toBe(own.length);
    const worst = own.reduce((most, value, i) => {
      return Math.max(most, Math.abs(value - (scores[i] as number)) / Math.max(1, Math.abs(value)));
    }, 0);
    recordCell('pyfunc', { library: 'mlflow.pyfunc', name, data: 'raw rows' }, { outputs: worst });
    // XGBoost's exponential is one of float32.
    expect(worst).toBeLessThanOrEqual(kind === 'mlXgboost' ? 1e-6 : 1e-9);
  });
});

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly task: Task;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly steps: Transformer;
}

/** Fits, writes the directory, and gives the scores of the raw rows by the row path. */
async function writeCase({ id, kind, task, params, steps }: Case): Promise<Float64Array> {
  const spec = specOf(task);
  const target = targetOf(task);
  const nClasses = { binary: 2, multiclass: 3, regression: 1 }[task];
  const { fitted: pipeline, table } = fitTransform(steps, rawTable, target, { task, nClasses });
  const features = transformedMatrix(
    pipeline,
    table,
    spec.fields.map(({ name }) => name),
  );
  const model = await createModel(kind, params).fit({ features, target, task, nClasses }, { seed: 1 });
  const files = writeBundle({
    ...{
      spec,
      pipeline,
      model,
      goldenRows: rawRows.slice(0, 16),
      metrics: {},
      training: {},
      card: '# test',
      plots: {},
    },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(FOLDER, id, path)), { recursive: true });
    writeFileSync(join(FOLDER, id, path), bytes);
  }
  const score = rowScorer(spec, pipeline, model);
  const out = new Float64Array(model.nOutputs);
  return Float64Array.from(
    rawRows.flatMap((row) => {
      expect(score(row, out)).toBe(true);
      return [...out];
    }),
  );
}

function specOf(task: Task): FeatureSpec {
  const classes = { binary: ['no', 'yes'], multiclass: ['a', 'b', 'c'], regression: undefined }[task];
  const target = { column: 'target', task, ...(classes && { classes }), ...(task === 'binary' && { positive: 'yes' }) };
  return { ...SPEC, target };
}

function targetOf(task: Task): Float64Array {
  return Float64Array.from({ length: N_ROWS }, (_, i) => {
    const { size, word, flag } = rawRows[i] as { size: number; word: string | null; flag: boolean | null };
    const score = 1 + size / 5 + (word === 'a' ? 1.5 : 0) - (flag === true ? 1 : 0) + ((i * 37) % 11) / 11;
    return { binary: Number(score > 1.2), multiclass: Number(score > 0.8) + Number(score > 1.8), regression: score }[
      task
    ];
  });
}
