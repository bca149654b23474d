// Splits by a statistic of a category's rows (CatBoost's CTRs). One category decides the statistic, so each split is a set of levels.
import { jsonFields } from '../transforms/json-fields.js';
import type { CatboostCategories, CatboostSplit } from './catboost-split.js';
import { categoryKey } from './category-key.js';
import { jsonMember } from './json-member.js';
import { brokenFile, unsupportedFile } from './model-file-error.js';

const FORMAT = 'CatBoost model';
const TYPES = [
  'Borders',
  'Buckets',
  'BinarizedTargetMeanValue',
  'FloatTargetMeanValue',
  'Counter',
  'FeatureFreq',
] as const;

type StatisticType = (typeof TYPES)[number];

/** The table of a statistic: numbers by the key of a category. */
interface StatisticTable {
  readonly rows: ReadonlyMap<string, readonly number[]>;
  readonly denominator: number;
}

/** The splits by statistics of a parsed model, in its order. @throws BUNDLE_INVALID, MODEL_FILE_UNSUPPORTED */
export function statisticSplits(json: unknown, categories: readonly CatboostCategories[]): CatboostSplit[] {
  const statistics = jsonMember(json, 'features_info', 'ctrs') ?? [];
  if (!Array.isArray(statistics)) throw brokenFile(FORMAT, 'ctrs must be a list');
  const tables = new Map<string, StatisticTable>();
  return statistics.flatMap((statistic, i) => {
    const fields = jsonFields(`ctrs[${i}]`, statistic);
    const of = categories[onlyCategory(jsonMember(statistic, 'elements'))];
    if (of === undefined) throw brokenFile(FORMAT, `ctrs[${i}] names no categorical feature`);
    const identifier = fields.text('identifier');
    const table = tables.get(identifier) ?? readTable(jsonMember(json, 'ctr_data', identifier));
    tables.set(identifier, table);
    const type = fields.choice('ctr_type', TYPES);
    const target = fields.integer('target_border_idx', 0, 10_000);
    const [numerator, denominator] = [fields.number('prior_numerator'), fields.number('prior_denomerator')];
    const [shift, scale] = [fields.number('shift'), fields.number('scale')];
    const value = (row: readonly number[] | undefined): number => {
      const [good, total] = counts(type, row, target, table.denominator);
      const share = Math.fround(Math.fround(good + numerator) / Math.fround(total + denominator));
      return Math.fround(Math.fround(share + shift) * scale);
    };
    const known = of.hashes.map((hash) => value(table.rows.get(categoryKey(hash))));
    const unseen = value(undefined);
    return fields.numbers('borders').map((stored): CatboostSplit => {
      const border = Math.fround(stored);
      const passing = known.flatMap((found, level) => (found > border ? [level] : []));
      return { kind: 'levels', feature: of.feature, passing, unseenPasses: unseen > border, nLevels: known.length };
    });
  });
}

/** The categorical feature that a statistic is of, where it is of one alone. */
function onlyCategory(elements: unknown): number {
  const found = Array.isArray(elements) ? elements.map((element) => jsonFields('ctrs.elements', element)) : [];
  const [first, second] = found;
  if (first === undefined) throw brokenFile(FORMAT, 'a statistic has no elements');
  if (second !== undefined || first.text('combination_element') !== 'cat_feature_value') {
    const advice = 'CatBoostClassifier(**params, max_ctr_complexity=1).fit(train_pool), then save it again';
    throw unsupportedFile(FORMAT, 'it tests combinations of categories, which cannot be served', advice);
  }
  return first.integer('cat_feature_index', 0, 1_000_000);
}

function readTable(json: unknown): StatisticTable {
  const fields = jsonFields('ctr_data', json);
  const stride = fields.integer('hash_stride', 2, 10_000);
  const cells = fields.list('hash_map');
  const rows = new Map<string, readonly number[]>();
  for (let at = 0; at + stride <= cells.length; at += stride) {
    const row = cells.slice(at + 1, at + stride).map(Number);
    if (!row.every(Number.isFinite)) throw brokenFile(FORMAT, 'ctr_data must hold numbers');
    rows.set(String(cells[at]), row);
  }
  return { rows, denominator: fields.number('counter_denominator') };
}

/** Rows that count for the statistic and all rows, of a category's row in the table. */
function counts(
  type: StatisticType,
  row: readonly number[] | undefined,
  target: number,
  all: number,
): [number, number] {
  if (type === 'Counter' || type === 'FeatureFreq') return [row?.[0] ?? 0, all];
  if (row === undefined) return [0, 0];
  if (type === 'BinarizedTargetMeanValue' || type === 'FloatTargetMeanValue') return [row[0] ?? 0, row[1] ?? 0];
  const total = row.reduce((sum, count) => sum + count, 0);
  if (type === 'Buckets') return [row[target] ?? 0, total];
  return [row.slice(target + 1).reduce((sum, count) => sum + count, 0), total];
}
