// ONNX files scored in Node by onnxruntime-node: those written here, and those of other libraries with the scores of Python's own.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importOnnx } from '../../src/bundle/import-onnx.js';
import { readBundle } from '../../src/bundle/read-bundle.js';
import { rowScorer } from '../../src/bundle/row-scorer.js';
import type { FittedModel } from '../../src/core/model.js';
import { onnxReader } from '../../src/models/fitted-onnx.js';
import { readOnnxFile } from '../../src/models/read-onnx-file.js';
import { writeOnnxFile, writeOnnxPipeline } from '../../src/models/write-onnx-file.js';
import type { PlainRow } from '../../src/schema/row-maker.js';
import { sampleMatrix, sampleModel } from '../formats/sample-model.js';
import { fitCase, largestDifference, RAW_CASES } from './fitted-cases.js';
import { recordCell } from './formats-record.js';
import { rawRows } from './pyfunc-cases.js';
import { hasPython, runPython } from './run-python.js';

const RUNTIME = join(import.meta.dirname, '../../.cache/peers/onnx/node_modules/onnxruntime-node');
const hasRuntime = existsSync(RUNTIME);
const createdAt = '2026-01-01T00:00:00.000Z';

/** Scores of raw rows by a directory that an ONNX file was imported into and read from again. */
async function imported(
  file: Uint8Array,
  rows: readonly PlainRow[],
): Promise<{ scores: number[]; model: FittedModel }> {
  const files = importOnnx(await readOnnxFile(file, { runtime: RUNTIME }), { createdAt });
  const { spec, pipeline, model } = readBundle(files, { models: { onnx: onnxReader(RUNTIME) } });
  const score = rowScorer(spec, pipeline, model);
  const out = new Float64Array(model.nOutputs);
  const scores = rows.flatMap((row) => {
    score(row, out, (column, rule) => expect.fail(`${column} ${rule}`));
    return [...out];
  });
  return { scores, model };
}

describe.skipIf(!hasRuntime)('onnxruntime in Node', () => {
  test.each(['binary', 'multiclass', 'regression'] as const)('scores encoded rows of a %s as here', async (task) => {
    const model = await sampleModel(task);
    const onnx = await readOnnxFile(writeOnnxFile(model), { runtime: RUNTIME });
    const matrix = sampleMatrix(500, 7);
    const worst = largestDifference(model.predict(matrix), [...onnx.model.predict(matrix)]);
    recordCell(
      'onnx',
      { library: 'onnxruntime-node', name: `lightgbm ${task}`, data: 'encoded rows' },
      { outputs: worst },
    );
    expect(worst).toBeLessThanOrEqual(1e-12);
    expect(onnx.model.features).toEqual(model.features);
  });

  const cases = RAW_CASES.filter(({ name }) => !name.startsWith('step'));
  test.each(cases)('scores raw rows of $name as here', async (each) => {
    const { spec, pipeline, model, scores } = await fitCase(each);
    const rows = rawRows.slice(0, 300).map((row) => ({ ...row, flag: row.flag === null ? null : Number(row.flag) }));
    const found = await imported(writeOnnxPipeline({ spec, pipeline, model }), rows);
    const worst = largestDifference(scores.slice(0, found.scores.length), found.scores);
    recordCell('onnx', { library: 'onnxruntime-node', name: each.name, data: 'raw rows' }, { outputs: worst });
    expect(worst).toBeLessThanOrEqual(each.kind === 'mlXgboost' ? 1e-6 : 1e-12);
  });

  test('says which package is missing where it is', async () => {
    const file = writeOnnxFile(await sampleModel('binary'));
    await expect(readOnnxFile(file)).rejects.toMatchObject({
      code: 'PACKAGE_MISSING',
      message: expect.stringContaining('npm install onnxruntime-node@'),
    });
  });

  test('refuses what onnxruntime cannot load, in its words', async () => {
    const file = writeOnnxFile(await sampleModel('binary'));
    const cut = Buffer.from(Buffer.from(file).toString('latin1').replaceAll('TreeEnsemble', 'TreeEnsemblf'), 'latin1');
    await expect(readOnnxFile(cut, { runtime: RUNTIME })).rejects.toMatchObject({
      code: 'MODEL_FILE_UNSUPPORTED',
      message: expect.stringContaining('TreeEnsemblf'),
    });
  });
});

interface Foreign {
  readonly name: string;
  readonly model: string;
  readonly rows: readonly PlainRow[];
  readonly scores: readonly (readonly number[])[];
}

const isWhole = hasRuntime && hasPython;
const foreign = isWhole ? (runPython('onnx_models.py', {}) as Foreign[]) : [];

describe.skipIf(!isWhole)('an ONNX file of another library', () => {
  const scored = foreign.filter(({ name }) => !name.includes('map of'));
  test.each(scored)('$name scores raw rows in Node as in Python', async ({ name, model, rows, scores }) => {
    const found = await imported(Buffer.from(model, 'base64'), rows);
    const { nOutputs } = found.model;
    const worst = largestDifference(Float64Array.from(scores.flatMap((row) => row.slice(-nOutputs))), found.scores);
    recordCell('onnx-import', { library: 'onnxruntime-node', name, data: 'raw rows' }, { outputs: worst });
    // Both add float32 numbers; the two builds of onnxruntime may add them in another order.
    expect(worst).toBeLessThanOrEqual(1e-6);
  });

  test('has a directory that scores the same in Python', async () => {
    const { model, rows } = foreign[0] as Foreign;
    const bytes = Buffer.from(model, 'base64');
    const folder = mkdtempSync(join(tmpdir(), 'tabwright-onnx-'));
    for (const [path, file] of importOnnx(await readOnnxFile(bytes, { runtime: RUNTIME }), { createdAt })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), file);
    }
    const there = runPython('loader_scores.py', { folder, rows }) as number[];
    rmSync(folder, { recursive: true });
    const { scores } = await imported(bytes, rows);
    expect(largestDifference(Float64Array.from(scores), there)).toBeLessThanOrEqual(1e-6);
  });

  test('with probabilities as maps is refused with the line that helps', async () => {
    const { model = '' } = foreign.find(({ name }) => name.includes('map of')) ?? {};
    await expect(imported(Buffer.from(model, 'base64'), [])).rejects.toMatchObject({
      code: 'MODEL_FILE_UNSUPPORTED',
      message: expect.stringContaining("'zipmap': False"),
    });
  });
});
