// The packed tarball in other people's projects: a plain npm install, then import, require, types, predict.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder = '';
let tarball = '';

const npm = (cwd: string, ...args: string[]) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'], {
    cwd,
    encoding: 'utf8',
  });
const node = (cwd: string, ...args: string[]) => execFileSync(process.execPath, args, { cwd, encoding: 'utf8' }).trim();

/** A project in a folder of its own with the tarball installed. */
function project(
  name: string,
  manifest: object,
  files: Readonly<Record<string, string>>,
  extra: readonly string[] = [],
): string {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name, version: '1.0.0', private: true, ...manifest }));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text);
  npm(cwd, 'install', tarball, ...extra);
  return cwd;
}

const CSV = `age,plan,converted\n${Array.from({ length: 60 }, (_, row) => `${20 + (row % 30)},${row % 3 ? 'pro' : 'free'},${row % 2}`).join('\n')}\n`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabwright-consumer-'));
  npm(resolve('.'), 'pack', '--ignore-scripts', '--pack-destination', folder);
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed tarball', () => {
  it('is required, trains and predicts in a CommonJS project with nothing else installed', () => {
    const cwd = project(
      'cjs',
      {},
      {
        'prospects.csv': CSV,
        'main.cjs': `
        const { createTrainer, createPredictor, csv, fileRegistry } = require('tabwright');
        process.on('warning', (warning) => { throw warning; });
        (async () => {
          const registry = fileRegistry('./models');
          await createTrainer({ registry }).train({
            name: 'prospects', data: csv('prospects.csv'), target: { column: 'converted', positive: 1 }, model: 'logistic', validation: { folds: 3 },
          });
          const predictor = await createPredictor({ registry, model: 'prospects' });
          const { createPredictor: small } = require('tabwright/predict');
          const again = await small({ registry, model: 'prospects' });
          const row = { age: 31, plan: 'pro' };
          console.log(JSON.stringify([predictor.predictOne(row), again.predictOne(row)]));
        })();`,
      },
    );
    const [one, two] = JSON.parse(node(cwd, 'main.cjs'));
    expect(one).toMatchObject({ model: 'prospects', version: 1, label: expect.any(Number) });
    expect(two).toEqual(one);
    expect(node(cwd, 'node_modules/tabwright/dist/cli.js', 'models', 'list', '--json')).toContain('"prospects"');
  }, 120_000);

  it('type-checks and predicts in an ESM TypeScript project', () => {
    const cwd = project(
      'esm',
      { type: 'module' },
      {
        'prospects.csv': CSV,
        'tsconfig.json': JSON.stringify({
          compilerOptions: {
            module: 'nodenext',
            target: 'es2022',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
            outDir: 'out',
          },
          include: ['main.ts'],
        }),
        'main.ts': `
          import { createPredictor, createTrainer, csv, defineFeatures, fileRegistry, type RowOf } from 'tabwright';
          import { memoryRegistry } from 'tabwright/testing';
          import { z } from 'zod';
          const prospect = defineFeatures({
            row: z.object({ age: z.int().min(0), plan: z.enum(['free', 'pro']) }),
            target: { column: 'converted', task: 'binary', positive: 1 },
          });
          const row: RowOf<typeof prospect> = { age: 31, plan: 'pro' };
          const registry = memoryRegistry();
          await createTrainer({ registry }).train({ name: 'prospects', data: csv('prospects.csv'), features: prospect, model: 'constant' });
          const predictor = await createPredictor({ registry: registry, model: 'prospects', features: prospect });
          // @ts-expect-error a plan that the schema does not have
          const wrong = () => predictor.predictOne({ age: 31, plan: 'gold' });
          console.log(predictor.predictOne(row).score, typeof wrong, typeof fileRegistry);`,
      },
      ['@types/node@20'],
    );
    node(cwd, resolve('node_modules/typescript/bin/tsc'), '-p', '.');
    expect(node(cwd, 'out/main.js')).toBe('0.5 function function');
  }, 120_000);
});
