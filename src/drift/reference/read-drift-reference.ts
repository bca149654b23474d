// Reads a reference back from the JSON stored with a model, which is untrusted: unknown members are dropped, wrong ones refused.
import { TabwrightError } from '../../core/tabwright-error.js';
import type {
  CategoricalReference,
  ColumnReference,
  DatetimeReference,
  DriftReference,
  NumericReference,
} from './drift-reference.js';

const MAX_COLUMNS = 100_000;
const MAX_BINS = 1000;

/** @throws BUNDLE_INVALID naming the member that is wrong */
export function readDriftReference(json: unknown): DriftReference {
  const { format, nRows, missing, columns, score, prediction, target } = object(json, 'reference');
  if (format !== 'tabwright.reference/1') throw refused('format must be tabwright.reference/1');
  if (!Array.isArray(columns) || columns.length > MAX_COLUMNS) throw refused('columns must be a list');
  const read = columns.map((column, i) => readColumn(column, `columns[${i}]`));
  if (new Set(read.map(({ name }) => name)).size < read.length) throw refused('names of columns must differ');
  const labels = target === null || object(target, 'target').kind === 'numeric' ? readNumeric : readCategorical;
  return {
    format,
    nRows: count(nRows, 'nRows'),
    missing: strings(missing, 'missing'),
    columns: read,
    score: score === null ? null : readNumeric(score, 'score'),
    prediction: prediction === null ? null : readCategorical(prediction, 'prediction'),
    target: target === null ? null : labels(target, 'target'),
  };
}

function readColumn(json: unknown, where: string): ColumnReference {
  switch (object(json, where).kind) {
    case 'numeric':
      return readNumeric(json, where);
    case 'categorical':
      return readCategorical(json, where);
    case 'datetime':
      return readDatetime(json, where);
    default:
      throw refused(`${where}.kind must be numeric, categorical or datetime`);
  }
}

function readNumeric(json: unknown, where: string): NumericReference {
  const { kind, name, nMissing, minimum, mean, deviation, isEveryValue, bounds, counts, deciles } = object(json, where);
  if (kind !== 'numeric') throw refused(`${where}.kind must be numeric`);
  if (typeof isEveryValue !== 'boolean') throw refused(`${where}.isEveryValue must be a boolean`);
  const read: NumericReference = {
    kind,
    name: text(name, `${where}.name`),
    nMissing: count(nMissing, `${where}.nMissing`),
    minimum: numberOrNull(minimum, `${where}.minimum`),
    mean: numberOrNull(mean, `${where}.mean`),
    deviation: numberOrNull(deviation, `${where}.deviation`),
    isEveryValue,
    bounds: ascending(bounds, `${where}.bounds`),
    counts: counted(counts, `${where}.counts`),
    deciles: ascending(deciles, `${where}.deciles`),
  };
  if (read.counts.length !== read.bounds.length) throw refused(`${where} must have one count for each bound`);
  const hasValues = read.counts.some((each) => each > 0);
  const moments = [read.minimum, read.mean, read.deviation];
  if (moments.some((moment) => (moment !== null) !== hasValues) || (read.deviation ?? 0) < 0)
    throw refused(`${where} must have a minimum, a mean and a deviation just where it has values`);
  if (hasValues && (read.minimum as number) > (read.bounds[0] as number))
    throw refused(`${where}.minimum must not be above the first bound`);
  return read;
}

function readCategorical(json: unknown, where: string): CategoricalReference {
  const { kind, name, type, nMissing, categories, counts, other } = object(json, where);
  if (kind !== 'categorical') throw refused(`${where}.kind must be categorical`);
  if (type !== 'string' && type !== 'boolean') throw refused(`${where}.type must be string or boolean`);
  const rest = object(other, `${where}.other`);
  const read: CategoricalReference = {
    kind,
    name: text(name, `${where}.name`),
    type,
    nMissing: count(nMissing, `${where}.nMissing`),
    categories: strings(categories, `${where}.categories`),
    counts: counted(counts, `${where}.counts`),
    other: {
      count: count(rest.count, `${where}.other.count`),
      distinct: count(rest.distinct, `${where}.other.distinct`),
    },
  };
  const nCategories = new Set(read.categories).size;
  if (nCategories !== read.categories.length || nCategories !== read.counts.length)
    throw refused(`${where} must have categories that differ, with one count for each`);
  return read;
}

function readDatetime(json: unknown, where: string): DatetimeReference {
  const { name, nMissing, nPresent, minimum, maximum } = object(json, where);
  return {
    kind: 'datetime',
    name: text(name, `${where}.name`),
    nMissing: count(nMissing, `${where}.nMissing`),
    nPresent: count(nPresent, `${where}.nPresent`),
    minimum: numberOrNull(minimum, `${where}.minimum`),
    maximum: numberOrNull(maximum, `${where}.maximum`),
  };
}

function object(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw refused(`${where} must be an object`);
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw refused(`${where} must be a string`);
}

function count(value: unknown, where: string): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw refused(`${where} must be a count`);
}

function numberOrNull(value: unknown, where: string): number | null {
  if (value === null || Number.isFinite(value)) return value as number | null;
  throw refused(`${where} must be a number or null`);
}

function strings(value: unknown, where: string): readonly string[] {
  if (list(value, where).every((item) => typeof item === 'string')) return value as string[];
  throw refused(`${where} must be a list of strings`);
}

function counted(value: unknown, where: string): readonly number[] {
  return list(value, where).map((item, i) => count(item, `${where}[${i}]`));
}

function ascending(value: unknown, where: string): readonly number[] {
  const numbers = list(value, where);
  if (numbers.every((item, i) => Number.isFinite(item) && (i === 0 || (item as number) > (numbers[i - 1] as number))))
    return numbers as number[];
  throw refused(`${where} must be ascending numbers`);
}

function list(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= MAX_BINS) return value;
  throw refused(`${where} must be a list of at most ${MAX_BINS}`);
}

function refused(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `reference.json: ${rule}`);
}
