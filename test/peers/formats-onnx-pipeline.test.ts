// Whole pipelines written as ONNX, checked by onnx.checker and scored by onnxruntime in Python: 1,000 raw rows with strings, dates
// and missing values.
import { describe, expect, test } from 'vitest';
import { writeOnnxPipeline } from '../../src/models/write-onnx-file.js';
import { cyclical } from '../../src/transforms/cyclical.js';
import { dropColumns } from '../../src/transforms/drop-columns.js';
import { impute } from '../../src/transforms/impute.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import type { FittedCase, RawCase } from './fitted-cases.js';
import { fitCase, largestDifference, RAW_CASES } from './fitted-cases.js';
import { recordCell } from './formats-record.js';
import { rawRows, SPEC } from './pyfunc-cases.js';
import { hasPython, runPython } from './run-python.js';

interface Scored {
  readonly error?: string;
  readonly outputs: readonly (readonly number[])[];
}

/** Steps that have no form in ONNX, and the one whose last places a tree would see: sines of 30 and 150 degrees differ there. */
const LEFT_OUT = ['quantileTransform', 'hashingEncode', 'textLength', 'hashTokens', 'dateParts', 'cyclical'];
const WRITTEN: readonly RawCase[] = [
  ...RAW_CASES.filter(({ name }) => !LEFT_OUT.some((step) => name.startsWith(`step ${step}`))),
  {
    ...{ id: 'cyclical', name: 'step cyclical, logistic', kind: 'logistic', task: 'binary' },
    steps: pipeline([
      dropColumns(['text', 'day', 'later']),
      cyclical({ periods: { size: 12 } }),
      impute({ columns: ['amount', 'flag'] }),
      standardScale({ columns: ['amount'] }),
      oneHot({ columns: ['word'] }),
    ]),
  },
];
const fitted = new Map<string, FittedCase>();
if (hasPython) for (const each of WRITTEN) fitted.set(each.id, await fitCase(each));

/** Cells as the inputs of a file take them, by column. */
const inputs = Object.fromEntries(
  SPEC.fields.map(({ name, type }) => {
    const cells = rawRows.map((row) => row[name] ?? null);
    if (type === 'string') return [name, cells.map((cell) => cell ?? '')];
    if (type === 'datetime') return [name, cells.map((cell) => (cell === null ? null : Date.parse(String(cell))))];
    return [name, cells.map((cell) => (cell === null ? null : Number(cell)))];
  }),
);
const answers = hasPython
  ? (runPython(
      'formats_onnx.py',
      WRITTEN.map(({ id }) => {
        return { model: Buffer.from(writeOnnxPipeline(fitted.get(id) as FittedCase)).toString('base64'), inputs };
      }),
    ) as Scored[])
  : [];

describe.skipIf(!hasPython)('a pipeline written as ONNX', () => {
  test.each(WRITTEN.map((each, i) => ({ ...each, i })))('$name scores raw rows as here', ({ id, name, kind, i }) => {
    const { error = '', outputs } = answers[i] as Scored;
    expect(error).toBe('');
    const worst = largestDifference((fitted.get(id) as FittedCase).scores, outputs.flat());
    recordCell('onnx', { library: 'onnxruntime', name, data: 'raw rows' }, { outputs: worst });
    // The package ml-xgboost adds and takes exponentials in float32.
    expect(worst).toBeLessThanOrEqual(kind === 'mlXgboost' ? 1e-6 : 1e-12);
  });
});
