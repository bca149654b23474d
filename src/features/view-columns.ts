// The table path of a view: its features for many entities, each as of a time of its own.
import type { ColumnTable } from 'arquero';
import { DAY_MS } from '../core/day-ms.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TimeSlice } from '../core/time-slice.js';
import { conformTable } from '../schema/conform-table.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { numberIndex } from '../table/number-index.js';
import { readColumn } from '../table/read-column.js';
import type { EntityIndex } from './entity-index.js';
import { entityIndex } from './entity-index.js';
import { gatherCells } from './gather-cells.js';
import type { Moments } from './label-moments.js';
import type { ViewPlan } from './source-spec.js';
import { sourceSpec } from './source-spec.js';
import { sourceTable } from './source-table.js';
import { sweepWindows } from './sweep-windows.js';
import type { TimeOrder } from './time-order.js';
import { timeOrder } from './time-order.js';
import type { ViewFeature, ViewSource } from './view-types.js';
import type { FilledAggregate } from './window-aggregates.js';
import { countAggregate, distinctAggregate, lastAggregate, sumAggregate } from './window-aggregates.js';
import { windowMs } from './window-ms.js';

interface Asked {
  readonly nRows: number;
  readonly index: EntityIndex;
  readonly order: TimeOrder;
}

/**
 * The columns [nRows] of a view's features, in declared order.
 * @param tables a table a source, by name
 * @throws OPTION_INVALID for a table that is not there, COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED, CANCELLED
 */
export async function viewColumns(
  plan: ViewPlan,
  { entities, epochMs }: Moments,
  tables: Readonly<Record<string, ColumnTable>>,
  slice: TimeSlice,
): Promise<[string, Column][]> {
  const index = entityIndex(entities, `labels: ${plan.entity}`);
  const asked = { nRows: epochMs.length, index, order: timeOrder(index.codes, index.size, epochMs) };
  const columns = new Map<string, Column>();
  for (const source of plan.sources) {
    const features = plan.features.filter(({ from }) => from === source.name);
    if (features.length === 0) continue;
    if (slice.due()) await slice.pause();
    const read = readSource(plan, source, sourceTable(tables, source.name));
    if (slice.due()) await slice.pause();
    if (source.time === undefined) addAttributes(columns, features, read, asked);
    else await addAggregates(columns, features, read, asked, slice);
  }
  return plan.features.map(({ name }) => [name, columns.get(name) as Column]);
}

interface ReadSource {
  readonly source: ViewSource;
  /** The columns with a declared type. */
  readonly typed: ColumnTable;
  readonly plain: ColumnTable;
}

function readSource(plan: ViewPlan, source: ViewSource, plain: ColumnTable): ReadSource {
  return { source, plain, typed: conformTable(plain, { spec: sourceSpec(plan, source) }, `view: ${source.name}`) };
}

function entitiesOf({ source, plain }: ReadSource, { index }: Asked): Int32Array {
  return index.lookup(readColumn(plain, source.key), `view: ${source.name}: ${source.key}`);
}

function addAttributes(
  columns: Map<string, Column>,
  features: readonly ViewFeature[],
  read: ReadSource,
  asked: Asked,
): void {
  const rowOf = new Int32Array(asked.index.size).fill(-1);
  for (const [row, code] of entitiesOf(read, asked).entries()) {
    if (code === -1) continue;
    if (rowOf[code] !== -1) {
      const { name, key } = read.source;
      const rule = `must have one row an entity, two are rows ${rowOf[code]} and ${row}`;
      throw new TabwrightError('COLUMN_INVALID', `view: ${name}: ${key} ${rule}`);
    }
    rowOf[code] = row;
  }
  const rows = asked.index.codes.map((code) => rowOf[code] as number);
  for (const { name, column } of features) columns.set(name, gatherCells(readColumn(read.typed, column), rows));
}

async function addAggregates(
  columns: Map<string, Column>,
  features: readonly ViewFeature[],
  read: ReadSource,
  asked: Asked,
  slice: TimeSlice,
): Promise<void> {
  const times = readColumn(read.typed, read.source.time as string) as DateColumn;
  const entities = entitiesOf(read, asked);
  if (slice.due()) await slice.pause();
  const events = timeOrder(entities, asked.index.size, times.epochMs);
  for (const feature of features) {
    if (slice.due()) await slice.pause();
    const aggregate = makeAggregate(feature, read, events, asked.nRows);
    await sweepWindows(events, asked.order, windowMs(feature.days), aggregate, slice);
    columns.set(feature.name, aggregate.column());
  }
}

function makeAggregate(feature: ViewFeature, read: ReadSource, events: TimeOrder, nLabels: number): FilledAggregate {
  const matches = matchingEvents(feature, read.typed, events.rows);
  switch (feature.take) {
    case 'count':
      return countAggregate(nLabels, matches);
    case 'activeDays': {
      const { codes, size } = numberIndex(events.times.map((ms) => Math.floor(ms / DAY_MS)));
      return distinctAggregate(nLabels, masked(codes, matches, -1), size);
    }
    case 'distinct': {
      const { codes, size } = valueCodes(gatherCells(readColumn(read.plain, feature.column), events.rows));
      return distinctAggregate(nLabels, masked(codes, matches, -1), size);
    }
    case 'last':
      return lastAggregate(nLabels, readColumn(read.typed, feature.column), events.rows, matches);
    default: {
      const values = gatherCells(readColumn(read.typed, feature.column), events.rows) as Float64Array;
      return sumAggregate(nLabels, masked(values, matches, Number.NaN), feature.take as 'sum' | 'mean');
    }
  }
}

/** Uint8Array [nEvents]: 1 where every filter holds; undefined where there is none. */
function matchingEvents({ where }: ViewFeature, typed: ColumnTable, rows: Int32Array): Uint8Array | undefined {
  if (where.length === 0) return undefined;
  const matches = new Uint8Array(rows.length).fill(1);
  for (const [name, values] of where) {
    const { codes, wanted } = filterCodes(readColumn(typed, name), values);
    for (let event = 0; event < rows.length; event++) {
      const code = codes[rows[event] as number] as number;
      if (code === -1 || wanted[code] === 0) matches[event] = 0;
    }
  }
  return matches;
}

/** Codes of the rows (-1 for values that are not asked for, or missing), and 1 for each code that is. */
function filterCodes(
  column: Column,
  values: readonly (string | number | boolean)[],
): { codes: Int32Array | Int8Array; wanted: Uint8Array } {
  if (column instanceof DictionaryColumn) {
    return { codes: column.codes, wanted: Uint8Array.from(column.values, (value) => Number(values.includes(value))) };
  }
  if (column instanceof BooleanColumn) {
    return {
      codes: column.codes,
      wanted: Uint8Array.of(Number(values.includes(false)), Number(values.includes(true))),
    };
  }
  const index = numberIndex(Float64Array.from(values, Number));
  return { codes: index.lookup(column as Float64Array), wanted: new Uint8Array(index.size).fill(1) };
}

/** Codes of any column's values; each call has its own array. */
function valueCodes(column: Column): { codes: Int32Array; size: number } {
  if (column instanceof DictionaryColumn) return { codes: column.codes, size: column.values.length };
  if (column instanceof BooleanColumn) return { codes: Int32Array.from(column.codes), size: 2 };
  return numberIndex(column instanceof DateColumn ? column.epochMs : column);
}

/** In place: events that do not match get the value that does not count. */
function masked<T extends Int32Array | Float64Array>(values: T, matches: Uint8Array | undefined, missing: number): T {
  if (matches !== undefined) for (let i = 0; i < matches.length; i++) if (matches[i] === 0) values[i] = missing;
  return values;
}
