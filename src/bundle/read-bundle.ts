// A model directory back to something that scores; files are untrusted, and a model that does not reproduce itself is refused.
import type { FeatureSpec } from '../core/feature-spec.js';
import type { FittedModel, ModelReader } from '../core/model.js';
import type { BundleFiles } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer, TransformerReader } from '../core/transformer.js';
import { readModel } from '../models/read-model.js';
import { readFeatureSpec } from '../schema/read-feature-spec.js';
import { readTransformer } from '../transforms/read-transformer.js';
import { BUNDLE_LAYOUT } from './bundle-layout.js';
import { foreignModel } from './foreign-model.js';
import type { Golden, GoldenRow } from './golden.js';
import { verifyGolden } from './golden.js';
import { readBundleJson } from './read-bundle-json.js';
import { rowScorer } from './row-scorer.js';

/** Readers for kinds that are not built in, by kind. */
export interface CustomReaders {
  readonly models?: Readonly<Record<string, ModelReader>> | undefined;
  readonly transformers?: Readonly<Record<string, TransformerReader>> | undefined;
}

/** A model that was read and has reproduced its golden rows. */
export interface LoadedBundle {
  readonly spec: FeatureSpec;
  readonly pipeline: FittedTransformer;
  readonly model: FittedModel;
}

/**
 * Reads a model directory: one of this library, or one that Python logged with the flavor lightgbm, xgboost or catboost.
 * @throws BUNDLE_INVALID naming the file and what is wrong with it
 * @throws GOLDEN_MISMATCH where the model does not give its stored scores again
 * @throws MODEL_KIND_UNKNOWN for a kind that is neither built in nor among the custom readers
 */
export function readBundle(files: BundleFiles, custom: CustomReaders = {}): LoadedBundle {
  const foreign = foreignModel(files);
  if (foreign !== undefined) return foreign;
  const spec = readFeatureSpec(readBundleJson(files, BUNDLE_LAYOUT.schema));
  const pipeline = readTransformer(readBundleJson(files, BUNDLE_LAYOUT.pipeline), custom.transformers);
  const model = readModel(modelKind(readBundleJson(files, BUNDLE_LAYOUT.mlmodel)), modelFiles(files), custom.models);
  checkClasses(spec, model);
  verifyGolden(
    readGolden(readBundleJson(files, BUNDLE_LAYOUT.golden)),
    rowScorer(spec, pipeline, model),
    model.nOutputs,
  );
  return { spec, pipeline, model };
}

function modelKind(mlmodel: unknown): string {
  const kind = member(member(member(mlmodel, 'flavors'), 'tabwright'), 'model_kind');
  if (typeof kind !== 'string') throw invalid(BUNDLE_LAYOUT.mlmodel, 'has no tabwright flavor with a model_kind');
  return kind;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function modelFiles(files: BundleFiles): Map<string, Uint8Array> {
  const folder = BUNDLE_LAYOUT.modelFolder;
  const own = [...files].filter(([path]) => path.startsWith(folder));
  return new Map(own.map(([path, bytes]) => [path.slice(folder.length), bytes]));
}

function checkClasses(spec: FeatureSpec, model: FittedModel): void {
  const target = spec.target;
  if (target?.task !== model.task)
    throw invalid(BUNDLE_LAYOUT.schema, `has no ${model.task} target, which the model needs`);
  const expected = target.task === 'binary' ? 2 : target.task === 'multiclass' ? model.nOutputs : 0;
  const found = target.classes?.length ?? 0;
  if (found !== expected) throw invalid(BUNDLE_LAYOUT.schema, `must have ${expected} target classes, got ${found}`);
}

function readGolden(json: unknown): Golden {
  const rows = member(json, 'rows');
  const scores = member(json, 'scores');
  const tolerance = member(json, 'tolerance');
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every((row) => typeof row === 'object' && row !== null)) {
    throw invalid(BUNDLE_LAYOUT.golden, 'has no list of rows');
  }
  if (!Array.isArray(scores) || scores.length !== rows.length || !scores.every(isNumbers)) {
    throw invalid(BUNDLE_LAYOUT.golden, 'has no list of scores for each row');
  }
  if (typeof tolerance !== 'number' || !(tolerance >= 0 && tolerance <= 1e-6)) {
    throw invalid(BUNDLE_LAYOUT.golden, 'has no tolerance in [0, 1e-6]');
  }
  return { rows: rows as GoldenRow[], scores, tolerance };
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

function invalid(path: string, rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `${path} ${rule}`);
}
