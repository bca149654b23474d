// Types and cells of DuckDB's results, as @duckdb/node-api gives them.
import { DAY_MS } from '../../core/day-ms.js';
import type { ValueType } from './value-type.js';

/** The types that columns can hold, by DuckDB's number of the type (DuckDBTypeId). */
const TYPES: ReadonlyMap<number, ValueType> = new Map([
  [1, 'boolean'],
  ...[2, 3, 4, 5, 6, 7, 8, 9, 16, 32].map((id) => [id, 'number'] as const), // integers of 8 to 128 bits
  ...[10, 11, 19].map((id) => [id, 'number'] as const), // float, double, decimal
  ...[12, 13, 20, 21, 22, 31].map((id) => [id, 'datetime'] as const), // timestamps and dates
  ...[17, 23, 27].map((id) => [id, 'string'] as const), // varchar, enum, uuid
  [36, 'number'], // null alone
]);
/** Units of a second by the name that values of a type have. */
const INSTANTS = { seconds: 1n, millis: 1000n, micros: 1_000_000n, nanos: 1_000_000_000n } as const;

/** What a column of a DuckDB type holds; undefined for lists, structures, binary data and times of day. */
export function duckdbType(typeId: number): ValueType | undefined {
  return TYPES.get(typeId);
}

/** A cell as number, bigint, string, boolean, Date or null. An infinite instant is an invalid Date. */
export function duckdbCell(item: unknown, type: ValueType): unknown {
  if (typeof item !== 'object' || item === null) return item;
  return type === 'datetime' ? new Date(epochMs(item)) : String(item);
}

function epochMs(item: object): number {
  if ('isFinite' in item && item.isFinite === false) return Number.NaN;
  if ('days' in item) return Number(item.days) * DAY_MS;
  for (const [unit, perSecond] of Object.entries(INSTANTS)) {
    if (unit in item) return floorMs((item as Record<string, bigint>)[unit] as bigint, perSecond);
  }
  return Number.NaN;
}

/** Fractions of a millisecond are cut off towards the past. */
function floorMs(count: bigint, perSecond: bigint): number {
  if (perSecond <= 1000n) return Number(count) * Number(1000n / perSecond);
  const perMs = perSecond / 1000n;
  const rest = count % perMs;
  return Number(count / perMs) - (rest < 0n ? 1 : 0);
}
