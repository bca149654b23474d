// Plants each kind of layer violation in turn and checks that the layer rules report it; exits 1 where one is missed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const NONE = [];
const cases = [
  [
    'a layer may import one it lists',
    NONE,
    { 'src/models/planted.ts': "import '../table/planted.js';", 'src/table/planted.ts': 'export {};' },
  ],
  [
    'an optional package may be imported lazily',
    NONE,
    { 'src/models/planted.ts': "export const load = () => import('fastify');" },
  ],
  [
    'an optional package may be imported as a type',
    NONE,
    { 'src/serving/planted.ts': "import type { FastifyInstance } from 'fastify'; export type X = FastifyInstance;" },
  ],
  [
    'core imports no layer',
    ['layer-core'],
    { 'src/core/planted.ts': "import '../table/planted.js';", 'src/table/planted.ts': 'export {};' },
  ],
  [
    'not even a type of one',
    ['layer-core'],
    { 'src/core/planted.ts': "import type { Column } from '../table/column.js'; export type X = Column;" },
  ],
  [
    'not even lazily',
    ['layer-core'],
    { 'src/core/planted.ts': "export const load = () => import('../table/column.js');" },
  ],
  [
    'a layer imports no adapter',
    ['layer-serving'],
    { 'src/serving/planted.ts': "export * from '../../adapters/fastify.js';" },
  ],
  [
    'an adapter imports no other',
    ['adapter-imports-serving-and-core-only'],
    { 'adapters/planted.ts': "export * from './fastify.js';" },
  ],
  [
    'an adapter imports no model',
    ['adapter-imports-serving-and-core-only'],
    { 'adapters/planted.ts': "export * from '../src/models/create-model.js';" },
  ],
  [
    'no cycles',
    ['no-cycles'],
    {
      'src/core/planted.ts': "import './planted-too.js'; export {};",
      'src/core/planted-too.ts': "import './planted.js'; export {};",
    },
  ],
  [
    'no cycles of types',
    ['no-cycles'],
    {
      'src/core/planted.ts': "import type { B } from './planted-too.js'; export type A = B | 1;",
      'src/core/planted-too.ts': "import type { A } from './planted.js'; export type B = A | 2;",
    },
  ],
  ['every folder is a layer', ['unknown-layer'], { 'src/planted/x.ts': 'export const x = 1;' }],
  ['no file beside the entries', ['unknown-layer'], { 'src/planted.ts': 'export const x = 1;' }],
  ['no grab-bag folder', ['no-grab-bag-folders'], { 'src/core/utils/x.ts': 'export const x = 1;' }],
  [
    'no optional package at import',
    ['optional-packages-lazily'],
    { 'src/serving/planted.ts': "import fastify from 'fastify'; export default fastify;" },
  ],
  [
    'no development package',
    ['no-dev-dependencies-in-library'],
    { 'src/core/planted.ts': "import fc from 'fast-check'; export default fc;" },
  ],
  ['nobody imports an entry', ['nobody-imports-an-entry'], { 'src/cli/planted.ts': "export * from '../index.js';" }],
  ['everything resolves', ['not-unresolvable'], { 'src/core/planted.ts': "export * from './nowhere.js';" }],
];

function violations() {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'adapters'];
  const { stdout } = spawnSync('node_modules/.bin/depcruise', args, { encoding: 'utf8', maxBuffer: 1e9 });
  return new Set(JSON.parse(stdout).summary.violations.map(({ rule }) => rule.name));
}

function plant(files) {
  for (const [path, text] of Object.entries(files)) {
    if (existsSync(path)) throw new Error(`${path} exists already`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function uproot(files) {
  for (const path of Object.keys(files)) rmSync(path, { force: true });
  for (const folder of ['src/planted', 'src/core/utils']) rmSync(folder, { recursive: true, force: true });
}

let missed = 0;
for (const [name, expected, files] of cases) {
  plant(files);
  let found;
  try {
    found = violations();
  } finally {
    uproot(files);
  }
  const right = expected === NONE ? found.size === 0 : expected.every((rule) => found.has(rule));
  if (!right) {
    missed += 1;
    console.error(`MISSED ${name}: found ${[...found].join(', ') || 'nothing'}`);
  }
}
console.log(`${cases.length - missed} of ${cases.length} planted cases reported as they should be`);
process.exitCode = missed === 0 ? 0 : 1;
