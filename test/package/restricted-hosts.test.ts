// The built package where a host takes something away: threads, WebAssembly, shared memory, code generation. Same bits, or slower.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const N_ROWS = 60_000;
let folder = '';

/** Trains and scores, reads a CSV file, and prints a digest of the bits of all of it. */
function program(): string {
  return `
import { createHash } from 'node:crypto';
import { csv, gradientBoosting } from '${pathToFileURL(resolve('dist/index.js'))}';
const n = ${N_ROWS};
const x = Float64Array.from({ length: n }, (_, i) => Math.sin(i * 1.7));
const z = Float64Array.from({ length: n }, (_, i) => (i % 11 === 0 ? NaN : Math.cos(i * 0.37)));
const features = { nRows: n, features: [{ name: 'x', kind: 'numeric' }, { name: 'z', kind: 'numeric' }], columns: [x, z] };
const target = x.map((v, i) => Number(v + (z[i] || 0) > 0.2));
const hash = createHash('sha256');
for (const dialect of ['lightgbm', 'xgboost', 'catboost']) {
  const model = await gradientBoosting({ dialect, numIterations: 4, numThreads: 2 })
    .fit({ features, target, task: 'binary', nClasses: 2 });
  hash.update(new Uint8Array(model.predict(features).buffer));
  const out = new Float64Array(1);
  model.predictRow(Float64Array.of(0.5, NaN), out);
  hash.update(new Uint8Array(out.buffer));
}
const { data } = await csv(${JSON.stringify(join(folder, 'rows.csv'))}).load();
for (const name of data.columnNames()) hash.update(JSON.stringify(Array.from(data.column(name))));
console.log(hash.digest('hex'));
`;
}

function run(...flags: string[]): string {
  const args = ['--no-warnings', ...flags];
  return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', timeout: 100_000 }).trim();
}

/** Runs the program after the global is gone. */
function without(name: string): string {
  const file = join(folder, `without-${name}.mjs`);
  writeFileSync(file, `delete globalThis.${name};\nawait import('./program.mjs');\n`);
  return run(file);
}

let unrestricted = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabwright-hosts-'));
  const lines = Array.from(
    { length: N_ROWS },
    (_, i) => `${i / 8},"name ${i % 97}",2026-01-${10 + (i % 20)},${i % 2 > 0}`,
  );
  writeFileSync(join(folder, 'rows.csv'), `value,name,day,flag\n${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'program.mjs'), program());
  unrestricted = run('program.mjs');
}, 100_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('with no worker threads, which the permission model takes away', { timeout: 100_000 }, () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  expect(run(flag, '--allow-fs-read=*', 'program.mjs')).toBe(unrestricted);
});

test('with no code made from strings', { timeout: 100_000 }, () => {
  expect(run('--disallow-code-generation-from-strings', 'program.mjs')).toBe(unrestricted);
});

test('with no compiler, and so no WebAssembly', { timeout: 100_000 }, () => {
  expect(run('--jitless', 'program.mjs')).toBe(unrestricted);
});

test.each(['SharedArrayBuffer', 'WebAssembly'])('with no %s', { timeout: 100_000 }, (name) => {
  expect(without(name)).toBe(unrestricted);
});
