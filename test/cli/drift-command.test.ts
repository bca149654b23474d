// Drift through the command: of a file against a registered model's training rows, and against another file.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { driftCommand } from '../../src/cli/drift-command.js';
import type { Terminal } from '../../src/cli/terminal.js';
import type { DriftReport } from '../../src/drift/drift-report.js';
import { csv } from '../../src/loaders/csv/csv.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';

let folder = '';
const printed: unknown[] = [];
const said: string[] = [];
const terminal: Terminal = {
  out: (text) => printed.push(text),
  json: (value) => printed.push(value),
  say: (text) => said.push(text),
  progress() {},
};
const path = (name: string): string => join(folder, name);
const lines = (shift: number): string =>
  [
    'age,city,bought',
    ...Array.from({ length: 400 }, (_, i) => `${20 + shift + (i % 40)},${'ABC'[i % 3]},${i % 4 ? 'no' : 'yes'}`),
  ].join('\n');

async function drift(...args: string[]): Promise<unknown> {
  printed.length = 0;
  const command = driftCommand(terminal, new AbortController().signal);
  await new Command()
    .exitOverride()
    .addCommand(command)
    .parseAsync(['node', 'tabwright', 'drift', ...args, '--registry', path('models')]);
  return printed[0];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabwright-drift-'));
  for (const [name, shift] of [
    ['train.csv', 0],
    ['moved.csv', 30],
  ] as const)
    await writeFile(path(name), lines(shift));
  const target = { column: 'bought', task: 'binary', positive: 'yes' } as const;
  const registry = fileRegistry(path('models'));
  await createTrainer({ registry }).train({
    name: 'prospects',
    model: 'logistic',
    data: csv(path('train.csv')),
    target,
  });
});
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(() => rm(folder, { recursive: true }));

test('a file like the training rows has not drifted: exit code 0', async () => {
  const report = (await drift('--model', 'prospects', '--data', path('train.csv'), '--json')) as DriftReport;
  expect(report).toMatchObject({ model: { name: 'prospects', version: 1 }, isDrifted: false, drifted: { count: 0 } });
  expect(process.exitCode).toBeUndefined();
});

test('a file that has drifted gives exit code 10, a table and a page', async () => {
  const out = await drift('--model', 'prospects', '--data', path('moved.csv'), '--out', path('drift.html'));
  expect(out).toMatch(/age +kolmogorov-smirnov .* drifted, range/);
  expect(said.at(-1)).toMatch(/^1 of 2 columns drifted .*: drift$/);
  expect(process.exitCode).toBe(10);
  expect(await readFile(path('drift.html'), 'utf8')).toContain('prospects, version 1');
});

test('two files are compared without a model, by every flag of the options', async () => {
  const flags = ['--numeric-measure', 'psi', '--drift-share', '1'];
  const report = (await drift(
    '--reference',
    path('train.csv'),
    '--data',
    path('moved.csv'),
    '--json',
    ...flags,
  )) as DriftReport;
  expect(report).toMatchObject({ model: null, isDrifted: false, settings: { numericMeasure: 'psi', driftShare: 1 } });
  expect(report.columns.map(({ name }) => name)).toEqual(['age', 'city', 'bought']);
});

test('what cannot be compared is refused with a reason', async () => {
  await expect(drift('--data', path('moved.csv'))).rejects.toThrow('drift: give --model, --reference or both');
  const args = ['--model', 'prospects', '--data', path('moved.csv')];
  await expect(drift(...args, '--classifier')).rejects.toThrow('--classifier needs the rows of --reference');
});
