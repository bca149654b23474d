// A model directory that Python logged to MLflow: its native flavor's file, under the columns and types of its signature.
import type { FeatureSpec, Field, FieldType } from '../core/feature-spec.js';
import type { FittedModel } from '../core/model.js';
import type { BundleFiles } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer } from '../core/transformer.js';
import { parseModelFile } from '../formats/parse-model-file.js';
import { FittedTreeEnsemble } from '../models/fitted-tree-ensemble.js';
import { fittedOrdinal } from '../transforms/fitted-ordinal.js';
import { fittedPipeline } from '../transforms/fitted-pipeline.js';
import { BUNDLE_LAYOUT } from './bundle-layout.js';
import { importedTarget } from './imported-target.js';
import type { YamlMapping, YamlValue } from './read-yaml.js';
import { readYaml } from './read-yaml.js';

/** A model with the schema of its signature. */
export interface ForeignModel {
  readonly spec: FeatureSpec;
  readonly pipeline: FittedTransformer;
  readonly model: FittedModel;
}

/** Flavors whose files are trees, by the order in which they are looked for. */
const FLAVORS = ['lightgbm', 'xgboost', 'catboost'] as const;
const TYPES: Readonly<Record<string, FieldType>> = {
  boolean: 'boolean',
  integer: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  string: 'string',
};
const FILE = BUNDLE_LAYOUT.mlmodel;
/** The first byte of JSON, which this library writes. */
const BRACE = 0x7b;

/**
 * The model of a directory that Python wrote, which has no schema of ours and an MLmodel in YAML; undefined for any other.
 * @throws BUNDLE_INVALID, MODEL_FILE_UNSUPPORTED
 */
export function foreignModel(files: BundleFiles): ForeignModel | undefined {
  const bytes = files.get(BUNDLE_LAYOUT.mlmodel);
  if (bytes === undefined || files.has(BUNDLE_LAYOUT.schema) || bytes[0] === BRACE) return undefined;
  const mlmodel = readYaml(new TextDecoder().decode(bytes), BUNDLE_LAYOUT.mlmodel);
  const flavor = FLAVORS.find((each) => member(mlmodel, 'flavors', each) !== undefined);
  return flavor === undefined ? undefined : readForeignModel(mlmodel, flavor, files);
}

/**
 * Rows must have the columns of the signature: named as the model's features, or, where its file has no names, as
 * many, in their order. Such a directory has no golden rows to prove itself by.
 */
function readForeignModel(mlmodel: YamlMapping, flavor: string, files: BundleFiles): ForeignModel {
  const path = member(mlmodel, 'flavors', flavor, 'data');
  const bytes = typeof path === 'string' ? files.get(path) : undefined;
  if (bytes === undefined) throw invalid(`names no file of its flavor ${flavor}`);
  const model = new FittedTreeEnsemble(parseModelFile(bytes));
  const inputs = signatureInputs(member(mlmodel, 'signature', 'inputs'));
  const fields = inputs === undefined ? model.features.map(fieldOf) : orderedInputs(inputs, model);
  const columns = model.features.flatMap(({ kind, levels = [] }, i) => {
    const { name, type } = fields[i] as Field;
    if (kind !== 'categorical') return [];
    return [{ name, type: type === 'string' ? ('string' as const) : ('number' as const), levels }];
  });
  const target = importedTarget(model.source, { createdAt: '' });
  const renamed = {
    ...model.source,
    features: model.features.map((each, i) => ({ ...each, name: nameOf(fields, i) })),
  };
  return {
    spec: { fields, target },
    pipeline: fittedPipeline([fittedOrdinal({ output: 'categorical', unknown: 'missing', columns })]),
    model: new FittedTreeEnsemble(renamed),
  };
}

function nameOf(fields: readonly Field[], index: number): string {
  return (fields[index] as Field).name;
}

function fieldOf({ name, kind }: FittedModel['features'][number]): Field {
  return { name, type: kind === 'categorical' ? 'string' : 'number', nullable: true };
}

/** Columns in the order of the model's features. */
function orderedInputs(inputs: readonly Field[], model: FittedTreeEnsemble): readonly Field[] {
  const byName = new Map(inputs.map((field) => [field.name, field]));
  const isNamed = model.features.every(({ name }) => byName.has(name));
  const hasNames = model.features.some(
    ({ name }, i) => name !== `f${i}` && name !== `Column_${i}` && name !== String(i),
  );
  if (inputs.length !== model.features.length || (hasNames && !isNamed)) {
    throw invalid(
      `has a signature of ${inputs.length} columns that are not the model's ${model.features.length} features`,
    );
  }
  const ordered = isNamed ? model.features.map(({ name }) => byName.get(name) as Field) : inputs;
  for (const [i, { kind, name }] of model.features.entries()) {
    if (kind === 'numeric' && ordered[i]?.type === 'string') {
      throw invalid(`says that column ${i} holds strings, and the model takes ${name} as a number`);
    }
  }
  return ordered;
}

/** Undefined where there is no signature of columns. */
function signatureInputs(text: YamlValue | undefined): readonly Field[] | undefined {
  if (typeof text !== 'string' || text === '' || text === 'null') return undefined;
  let columns: unknown;
  try {
    columns = JSON.parse(text);
  } catch (cause) {
    throw new TabwrightError('BUNDLE_INVALID', `${FILE} has a signature that is no JSON`, { cause });
  }
  if (!Array.isArray(columns)) throw invalid('has a signature that is no list of columns');
  if (columns.some((column) => column?.type === 'tensor')) return undefined;
  return columns.map((column, i): Field => {
    const type = TYPES[String(column?.type)];
    if (type === undefined || typeof column?.name !== 'string')
      throw invalid(`has a signature whose column ${i} has no known type`);
    const isWhole = type === 'integer' || type === 'boolean';
    return { name: column.name, type, nullable: column.required === false || !isWhole };
  });
}

function member(mapping: YamlMapping, ...path: readonly string[]): YamlValue | undefined {
  let at: YamlValue | undefined = mapping;
  for (const key of path) {
    if (typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, key)) return undefined;
    at = (at as YamlMapping)[key];
  }
  return at;
}

function invalid(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `${FILE} ${rule}`);
}
