// What makes a model directory a model of MLflow's python_function flavor: the loader, and the environment that it needs.
import type { FeatureSpec } from '../core/feature-spec.js';
import { BUNDLE_LAYOUT } from './bundle-layout.js';
import { PYTHON_LOADER } from './generated/python-loader.js';
import type { GoldenRow } from './golden.js';

const PYTHON_VERSION = '3.11';
const REQUIREMENTS = ['mlflow>=3', 'numpy>=1.26', 'pandas>=2.1'];
const ONNX_REQUIREMENT = 'onnxruntime>=1.20';
const ENCODER = new TextEncoder();

/** The flavor's entry in MLmodel; it has no `data`, so that the loader gets the directory itself. */
export function pythonFunction(): object {
  return {
    loader_module: 'tabwright_loader',
    code: 'code',
    python_version: PYTHON_VERSION,
    env: { conda: BUNDLE_LAYOUT.conda, virtualenv: BUNDLE_LAYOUT.pythonEnv },
  };
}

/** The files that the flavor needs, by path; JSON stands in YAML files, which is valid there. */
export function pythonFiles(
  exampleRows: readonly GoldenRow[],
  spec: FeatureSpec,
  modelKind: string,
): [string, Uint8Array][] {
  const requirements = modelKind === 'onnx' ? [...REQUIREMENTS, ONNX_REQUIREMENT] : REQUIREMENTS;
  const dependencies = [`python=${PYTHON_VERSION}`, 'pip', { pip: requirements }];
  return [
    [BUNDLE_LAYOUT.loader, ENCODER.encode(PYTHON_LOADER)],
    [BUNDLE_LAYOUT.requirements, ENCODER.encode(`${requirements.join('\n')}\n`)],
    [BUNDLE_LAYOUT.conda, json({ name: 'mlflow-env', channels: ['conda-forge'], dependencies })],
    [BUNDLE_LAYOUT.pythonEnv, json({ python: PYTHON_VERSION, dependencies: [`-r ${BUNDLE_LAYOUT.requirements}`] })],
    [BUNDLE_LAYOUT.servingExample, json({ dataframe_split: splitRows(exampleRows, spec) })],
  ];
}

/** Rows in pandas's split form. */
export function splitRows(rows: readonly GoldenRow[], spec: FeatureSpec): object {
  const columns = spec.fields.map(({ name }) => name);
  return { columns, data: rows.map((row) => columns.map((name) => row[name] ?? null)) };
}

function json(value: object): Uint8Array {
  return ENCODER.encode(`${JSON.stringify(value, null, 2)}\n`);
}
