// Everything that CatBoost's trees may test, in the order by which `split_index` counts: borders, single categories, statistics.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { JsonFields } from '../transforms/json-fields.js';
import { jsonFields } from '../transforms/json-fields.js';
import type { CatboostCategories, CatboostSplit } from './catboost-split.js';
import { statisticSplits } from './catboost-statistics.js';
import { jsonMember } from './json-member.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';

const FORMAT = 'CatBoost model';
const MAX_FEATURES = 1_000_000;
const SAVE_WITH_POOL = "model.save_model('model.json', format='json', pool=train_pool)";

/** The features of a parsed model in the order of its data, and its splits. @throws BUNDLE_INVALID, MODEL_FILE_UNSUPPORTED */
export function catboostSplits(json: unknown): { features: ModelFeature[]; splits: CatboostSplit[] } {
  const info = jsonMember(json, 'features_info');
  const numeric = items(info, 'float_features');
  const categorical = items(info, 'categorical_features');
  for (const kind of ['text_features', 'embedding_features']) {
    if (items(info, kind).length > 0) throw unsupportedFile(FORMAT, `it has ${kind.replace('_', ' ')}`);
  }
  const known = knownCategories(info, categorical.length > 0);
  const categories = categorical.map((fields): CatboostCategories => ({ feature: flatIndex(fields), ...known }));
  const features = featureList(numeric, categorical, known.levels);
  const splits = [
    ...numeric.flatMap(borderSplits),
    ...categorical.flatMap((fields, i) => oneHotSplits(fields, categories[i] as CatboostCategories)),
    ...statisticSplits(json, categories),
  ];
  return { features, splits };
}

function items(info: unknown, key: string): JsonFields[] {
  const found = jsonMember(info, key) ?? [];
  if (!Array.isArray(found) || found.length > MAX_FEATURES) throw brokenFile(FORMAT, `${key} must be a list`);
  return found.map((item, i) => jsonFields(`${key}[${i}]`, item));
}

function flatIndex(fields: JsonFields): number {
  return fields.integer('flat_feature_index', 0, MAX_FEATURES - 1);
}

/** All known categories; the file does not say of which feature one is. */
function knownCategories(info: unknown, needed: boolean): Pick<CatboostCategories, 'levels' | 'hashes'> {
  const found = jsonMember(info, 'cat_features_hash');
  if (!needed) return { levels: [], hashes: [] };
  if (!Array.isArray(found)) throw unsupportedFile(FORMAT, 'it does not hold its categories', SAVE_WITH_POOL);
  const fields = found.map((item, i) => jsonFields(`cat_features_hash[${i}]`, item));
  const levels = fields.map((item) => item.text('value'));
  const hashes = fields.map((item) => item.integer('hash', 0, 2 ** 32 - 1) | 0);
  if (new Set(levels).size !== levels.length) throw brokenFile(FORMAT, 'cat_features_hash must differ');
  return { levels, hashes };
}

function featureList(numeric: JsonFields[], categorical: JsonFields[], levels: readonly string[]): ModelFeature[] {
  const all = [
    ...numeric.map((fields) => ({ at: flatIndex(fields), feature: { name: name(fields), kind: 'numeric' as const } })),
    ...categorical.map((fields) => {
      return { at: flatIndex(fields), feature: { name: name(fields), kind: 'categorical' as const, levels } };
    }),
  ].sort((a, b) => a.at - b.at);
  if (!all.every(({ at }, i) => at === i)) throw brokenFile(FORMAT, 'flat_feature_index must count the features');
  if (all.length === 0) throw brokenFile(FORMAT, 'it has no features');
  const names = all.map(({ feature }) => feature.name);
  if (new Set(names).size !== names.length) throw brokenFile(FORMAT, 'feature names must differ');
  return all.map(({ feature }) => feature);
}

function name(fields: JsonFields): string {
  return fields.text('feature_id') || `f${flatIndex(fields)}`;
}

function borderSplits(fields: JsonFields): CatboostSplit[] {
  const feature = flatIndex(fields);
  const treatment = fields.choice('nan_value_treatment', ['AsIs', 'AsFalse', 'AsTrue']);
  return fields.numbers('borders').map((border): CatboostSplit => {
    return { kind: 'border', feature, border: Math.fround(border), missingPasses: treatment === 'AsTrue' };
  });
}

function oneHotSplits(fields: JsonFields, { feature, levels, hashes }: CatboostCategories): CatboostSplit[] {
  let values: readonly number[] = [];
  try {
    values = fields.numbers('values');
  } catch {
    return []; // no list: no split on one category
  }
  return values.map((value): CatboostSplit => {
    const passing = hashes.flatMap((hash, level) => (hash === (value | 0) ? [level] : []));
    return { kind: 'levels', feature, passing, unseenPasses: false, nLevels: levels.length };
  });
}
