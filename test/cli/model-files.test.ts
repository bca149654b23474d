// Model files through the commands: out of a registry and in again, with the same scores.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportCommand } from '../../src/cli/export-command.js';
import { importCommand } from '../../src/cli/import-command.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { sampleModel } from '../formats/sample-model.js';

let folder = '';
const said: string[] = [];
const terminal: Terminal = { out() {}, json() {}, say: (text) => said.push(text), progress() {} };
const row = { first_one: 0.3, b: null, colour: 'green' };

const run = (...args: string[]): Promise<unknown> =>
  new Command()
    .exitOverride()
    .addCommand(importCommand(terminal))
    .addCommand(exportCommand(terminal))
    .parseAsync(['node', 'tabwright', ...args, '--registry', join(folder, 'models')]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabwright-model-files-'));
  await writeFile(join(folder, 'model.txt'), writeModelFile(await sampleModel('binary'), 'lightgbm'));
  await run('import', join(folder, 'model.txt'), '--name', 'taken', '--target', 'bought', '--classes', 'no,yes');
});

afterAll(() => rm(folder, { recursive: true }));

test('an imported file is a version that serves raw rows', async () => {
  const registry = fileRegistry(join(folder, 'models'));
  const predictor = await createPredictor({ registry, model: 'taken' });
  expect(predictor.spec.target).toMatchObject({ column: 'bought', task: 'binary', classes: ['no', 'yes'] });
  expect(['no', 'yes']).toContain(predictor.predictOne(row).label);
  expect(said[0]).toMatch(/^Registered taken\/1: \d+ trees, 3 features$/);
});

test('what is exported and imported again scores the same', async () => {
  const registry = fileRegistry(join(folder, 'models'));
  const { score } = (await createPredictor({ registry, model: 'taken' })).predictOne(row);
  for (const format of ['lightgbm', 'catboost']) {
    await run('export', 'taken', '--format', format, '--out', join(folder, format));
    await run('import', join(folder, format), '--name', `again-${format}`);
    const again = await createPredictor({ registry, model: `again-${format}` });
    expect(again.predictOne(row).score).toBeCloseTo(score, 14);
  }
});

test('a whole pipeline is written as ONNX, which another machine needs onnxruntime to import', async () => {
  await run('export', 'taken', '--format', 'onnx', '--out', join(folder, 'model.onnx'));
  expect(said.at(-1)).toMatch(/: the whole pipeline, from raw columns$/);
  await expect(run('import', join(folder, 'model.onnx'), '--name', 'graph')).rejects.toMatchObject({
    code: 'PACKAGE_MISSING',
    exitCode: 6,
  });
});

test('a bundle is written as a folder with its Python loader', async () => {
  await run('export', 'taken', '--format', 'bundle', '--out', join(folder, 'bundle'));
  const mlmodel = JSON.parse(await readFile(join(folder, 'bundle/MLmodel'), 'utf8'));
  expect(mlmodel.flavors.python_function).toMatchObject({ loader_module: 'tabwright_loader', code: 'code' });
  expect(await readFile(join(folder, 'bundle/code/tabwright_loader.py'), 'utf8')).toContain('def _load_pyfunc(path)');
});

test('a file that cannot be read is refused before anything is registered', async () => {
  await writeFile(join(folder, 'model.cbm'), 'CBM1');
  await expect(run('import', join(folder, 'model.cbm'), '--name', 'none')).rejects.toMatchObject({
    code: 'MODEL_FILE_UNSUPPORTED',
  });
  expect(await fileRegistry(join(folder, 'models')).list()).not.toContain('none');
});
