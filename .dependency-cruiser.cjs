// The layer table: a layer may import itself and the layers listed beside it; `null` may import anything.
const LAYERS = {
  core: [],
  workers: ['core'],
  table: ['core'],
  schema: ['core', 'table'],
  loaders: ['core', 'workers', 'table', 'schema'],
  transforms: ['core', 'table'],
  features: ['core', 'table', 'schema', 'transforms', 'loaders'],
  evaluation: ['core', 'table'],
  boosting: ['core', 'workers'],
  formats: ['core', 'boosting', 'transforms'],
  models: ['core', 'workers', 'table', 'boosting', 'evaluation', 'formats'],
  explain: ['core', 'table', 'boosting', 'models'],
  drift: ['core', 'table', 'evaluation'],
  report: ['core'],
  jobs: ['core'],
  bundle: ['core', 'schema', 'transforms', 'formats', 'models', 'drift'],
  registry: ['core', 'bundle'],
  prediction: ['core', 'workers', 'table', 'schema', 'loaders', 'transforms', 'models', 'bundle', 'explain'],
  training: [
    'core',
    'workers',
    'table',
    'schema',
    'loaders',
    'transforms',
    'features',
    'evaluation',
    'models',
    'explain',
    'drift',
    'report',
    'bundle',
  ],
  eda: ['core', 'workers', 'table', 'schema', 'loaders', 'evaluation', 'drift', 'report'],
  monitoring: ['core', 'table', 'schema', 'loaders', 'evaluation', 'drift', 'report'],
  serving: [
    'core',
    'jobs',
    'table',
    'schema',
    'loaders',
    'features',
    'registry',
    'bundle',
    'prediction',
    'training',
    'eda',
    'drift',
    'monitoring',
    'report',
  ],
  mlflow: ['core', 'schema', 'bundle', 'registry'],
  prometheus: ['core'],
  spark: ['core', 'schema', 'bundle', 'registry'],
  testing: ['core', 'table'],
  cli: null,
};
const OPTIONAL = [
  'fastify',
  'express',
  'prom-client',
  'ml-xgboost',
  '@aws-sdk/client-s3',
  '@duckdb/node-api',
  'pg',
  'redis',
  'bullmq',
  'onnxruntime-node',
];
const ENTRIES = ['index', 'predict', 'mlflow', 'monitoring', 'prometheus', 'testing'];
const BANNED_FOLDERS = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'misc'];

// Rules about a file by itself (also one that nothing imports) must count dependents, and the count stops at 100: two rules.
const everyFile = (rule, module) => [
  { ...rule, severity: 'error', module: { ...module, numberOfDependentsLessThan: 100 }, from: {} },
  {
    ...rule,
    name: `${rule.name}-popular`,
    severity: 'error',
    module: { ...module, numberOfDependentsMoreThan: 99 },
    from: {},
  },
];

const names = Object.keys(LAYERS).join('|');
const npm = (list) => `(^|/)node_modules/(@types/)?(${list.join('|')})(/|$)`;

const layerRules = Object.entries(LAYERS)
  .filter(([, allowed]) => allowed !== null)
  .map(([layer, allowed]) => ({
    name: `layer-${layer}`,
    comment: `src/${layer} may import: ${[layer, ...allowed].join(', ')}`,
    severity: 'error',
    from: { path: `^src/${layer}/` },
    to: { path: '^(src|adapters)/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
  }));

module.exports = {
  forbidden: [
    ...layerRules,
    ...everyFile(
      { name: 'unknown-layer', comment: 'every file in src/ is an entry or in a folder of the layer table' },
      { path: '^src/', pathNot: `^src/((${names})/|(${ENTRIES.join('|')})\\.ts$)` },
    ),
    ...everyFile({ name: 'no-grab-bag-folders' }, { path: `/(${BANNED_FOLDERS.join('|')})/`, pathNot: 'node_modules' }),
    {
      name: 'nobody-imports-an-entry',
      severity: 'error',
      from: { path: '^(src|adapters)/' },
      to: { path: `^src/(${ENTRIES.join('|')})\\.ts$` },
    },
    {
      name: 'adapter-imports-serving-and-core-only',
      severity: 'error',
      from: { path: '^adapters/' },
      to: { path: '^(src|adapters)/', pathNot: '^src/(serving|core)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'optional-packages-lazily',
      comment: 'optional packages: `import type`, or import() inside a function, never a static value import',
      severity: 'error',
      from: { path: '^(src|adapters)/' },
      to: {
        path: npm(OPTIONAL),
        dependencyTypesNot: ['type-only', 'pre-compilation-only', 'type-import', 'dynamic-import'],
      },
    },
    {
      name: 'no-dev-dependencies-in-library',
      severity: 'error',
      from: { path: '^(src|adapters)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm-peer', 'npm-optional', 'type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // keeps type-only imports in the graph (cycles, layers)
    detectJSDocImports: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
  },
};
