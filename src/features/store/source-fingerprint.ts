// A digest of the part of a source that a version was made from: the same whatever the order of rows, and whatever came after.
import type { ColumnTable } from 'arquero';
import type { TimeSlice } from '../../core/time-slice.js';
import { conformTable } from '../../schema/conform-table.js';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { readColumn } from '../../table/read-column.js';
import type { EntityIndex } from '../entity-index.js';
import type { ViewPlan } from '../source-spec.js';
import { sourceSpec } from '../source-spec.js';
import { sourceTable } from '../source-table.js';
import type { ViewSource } from '../view-types.js';

/** What was read of a source. */
export interface SourceFingerprint {
  /** Rows that a feature may depend on. */
  readonly nRows: number;
  /** 16 hexadecimal digits: the sum of a hash of each of those rows, over the columns that the view reads. */
  readonly digest: string;
}

/** The entities of stored rows, each with the latest time as of which it is stored. */
export interface StoredEntities {
  readonly index: EntityIndex;
  /** Float64Array [index.size]; -Infinity for values of the index that are not among the rows. */
  readonly lastMs: Float64Array;
}

/** Two hashes a row, side by side, since one of 32 bits would meet another too often. */
interface RowHashes {
  readonly high: Int32Array;
  readonly low: Int32Array;
}

const ROWS_A_LOOK = 65_536;

/** A source with a hash of every row. */
export interface HashedSource {
  readonly source: ViewSource;
  readonly key: Column;
  /** Float64Array [nRows]; undefined for attributes. */
  readonly times: Float64Array | undefined;
  readonly hashes: RowHashes;
}

/**
 * Hashes the rows of every source that the view reads, once for any number of fingerprints.
 * @throws COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED, OPTION_INVALID for a table that is not there, CANCELLED
 */
export async function hashSources(
  plan: ViewPlan,
  tables: Readonly<Record<string, ColumnTable>>,
  slice: TimeSlice,
): Promise<HashedSource[]> {
  const read = plan.sources.filter(({ name }) => plan.features.some(({ from }) => from === name));
  const hashed: HashedSource[] = [];
  for (const source of read) hashed.push(await hashSource(plan, source, sourceTable(tables, source.name), slice));
  return hashed;
}

/**
 * Fingerprints sources: attributes of the stored entities, and their events before their last time.
 * @throws COLUMN_INVALID where entities are strings here and numbers there, CANCELLED
 */
export async function sourceFingerprints(
  sources: readonly HashedSource[],
  stored: StoredEntities,
  slice: TimeSlice,
): Promise<Record<string, SourceFingerprint>> {
  const found: [string, SourceFingerprint][] = [];
  for (const hashed of sources) found.push([hashed.source.name, await fingerprint(hashed, stored, slice)]);
  return Object.fromEntries(found);
}

async function hashSource(
  plan: ViewPlan,
  source: ViewSource,
  plain: ColumnTable,
  slice: TimeSlice,
): Promise<HashedSource> {
  const typed = conformTable(plain, { spec: sourceSpec(plan, source) }, `view: ${source.name}`);
  const key = readColumn(plain, source.key);
  const hashes = { high: new Int32Array(plain.numRows()), low: new Int32Array(plain.numRows()) };
  const distinct = plan.features.filter(({ from, take }) => from === source.name && take === 'distinct');
  const columns = [key, ...distinct.map(({ column }) => readColumn(plain, column))];
  for (const name of typed.columnNames()) columns.push(readColumn(typed, name));
  for (const column of columns) {
    if (slice.due()) await slice.pause();
    mixColumn(hashes, column);
  }
  const times = source.time === undefined ? undefined : (readColumn(typed, source.time) as DateColumn).epochMs;
  return { source, key, times, hashes };
}

async function fingerprint(
  { source, key, times, hashes }: HashedSource,
  { index, lastMs }: StoredEntities,
  slice: TimeSlice,
): Promise<SourceFingerprint> {
  const entities = index.lookup(key, `view: ${source.name}: ${source.key}`);
  let [high, low, nRows] = [0, 0, 0];
  for (let row = 0; row < entities.length; row++) {
    if (row % ROWS_A_LOOK === 0 && slice.due()) await slice.pause();
    const entity = entities[row] as number;
    const beforeMs = entity === -1 ? Number.NEGATIVE_INFINITY : (lastMs[entity] as number);
    if (!((times === undefined ? -Number.MAX_VALUE : (times[row] as number)) < beforeMs)) continue;
    high = (high + (hashes.high[row] as number)) | 0;
    low = (low + (hashes.low[row] as number)) | 0;
    nRows += 1;
  }
  return { nRows, digest: hex(high) + hex(low) };
}

/** Takes a column into the hash of each row, in place. */
function mixColumn({ high, low }: RowHashes, column: Column): void {
  const cells = cellHashes(column);
  for (let row = 0; row < high.length; row++) {
    high[row] = mix(high[row] as number, cells.high(row));
    low[row] = mix((low[row] as number) ^ 0x9e3779b9, cells.low(row));
  }
}

function cellHashes(column: Column): { high(row: number): number; low(row: number): number } {
  if (column instanceof DictionaryColumn) {
    const high = Int32Array.from(column.values, (value) => textHash(value, 0x811c9dc5));
    const low = Int32Array.from(column.values, (value) => textHash(value, 0x2c1b3c6d));
    const at = (hashes: Int32Array) => (row: number) => {
      const code = column.codes[row] as number;
      return code === -1 ? 1 : (hashes[code] as number);
    };
    return { high: at(high), low: at(low) };
  }
  if (column instanceof BooleanColumn) {
    const at = (row: number) => column.codes[row] as number;
    return { high: at, low: at };
  }
  // Missing numbers are one NaN, whatever bits they were read with.
  const numbers = Float64Array.from(column instanceof DateColumn ? column.epochMs : column, (value) =>
    Number.isNaN(value) ? Number.NaN : value,
  );
  const words = new Int32Array(numbers.buffer);
  return {
    high: (row) => words[2 * row + 1] as number,
    low: (row) => (words[2 * row] as number) ^ Math.imul(words[2 * row + 1] as number, 0x85ebca6b),
  };
}

/** FNV-1a over code units. */
function textHash(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** A step of MurmurHash3 with its final mixing, so that sums of hashes keep what single bits said. */
function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ Math.imul(value, 0xcc9e2d51), 0x1b873593) + 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
