// The entities and times that a new version is asked to have rows for.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import { conformTable } from '../../schema/conform-table.js';
import type { Column } from '../../table/column.js';
import { concatColumns } from '../../table/concat-columns.js';
import type { DateColumn } from '../../table/date-column.js';
import { plainTable } from '../../table/plain-table.js';
import { readColumn } from '../../table/read-column.js';
import { takeCells } from '../../table/take-cells.js';
import { entityIndex } from '../entity-index.js';
import type { Moments } from '../label-moments.js';
import { labelMoments, pickMoments } from '../label-moments.js';
import { sourceTable } from '../source-table.js';
import type { FeatureView, ViewSource } from '../view-types.js';

/** Rows as of one time, for every entity that is in a source by then. */
export interface Snapshot {
  readonly at: Date;
}

/** A row for each row of a table, as of its own time. */
export interface GivenMoments {
  readonly moments: {
    /** Has the view's entity column and `time`; other columns are passed over. */
    readonly table: ColumnTable;
    /** Column of the times. */
    readonly time: string;
  };
  /** Times after this one are left to a later version; the time of the call where absent. */
  readonly until?: Date | undefined;
}

/** The moments that are asked for, and the time up to which they are. */
export interface AskedMoments extends Moments {
  readonly untilMs: number;
}

/**
 * Finds the entities and times of a request.
 * @throws OPTION_INVALID, DATA_EMPTY, COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED
 */
export function askedMoments(
  view: FeatureView,
  tables: Readonly<Record<string, ColumnTable>>,
  request: Snapshot | GivenMoments,
): AskedMoments {
  if ('moments' in request) return givenMoments(view, request);
  const untilMs = instant('at', request.at);
  const entities = knownEntities(view, tables, untilMs);
  return { entities, epochMs: new Float64Array(entities.length).fill(untilMs), untilMs };
}

function givenMoments(view: FeatureView, { moments, until }: GivenMoments): AskedMoments {
  const untilMs = until === undefined ? Date.now() : instant('until', until);
  const all = labelMoments(plainTable(moments.table), view.entity, moments.time, 'moments');
  return { ...pickMoments(all, (row) => (all.epochMs[row] as number) <= untilMs), untilMs };
}

/** Every entity of the sources once, in order of appearance: those of attributes, and those with an event before the time. */
function knownEntities(view: FeatureView, tables: Readonly<Record<string, ColumnTable>>, beforeMs: number): Column {
  const read = view.sources.filter(({ name }) => view.features.some(({ from }) => from === name));
  const keys = read.map((source) => keysBefore(source, sourceTable(tables, source.name), beforeMs));
  const all = concatColumns(keys, view.entity);
  const { codes, size } = entityIndex(all, `view: ${view.entity}`);
  const seen = new Uint8Array(size);
  const first = Uint32Array.from(codes.keys()).filter((row) => {
    const code = codes[row] as number;
    if (code === -1 || seen[code] === 1) return false;
    seen[code] = 1;
    return true;
  });
  return takeCells(all, first);
}

function keysBefore({ name, key, time }: ViewSource, table: ColumnTable, beforeMs: number): Column {
  const keys = readColumn(table, key);
  if (time === undefined) return keys;
  const spec = { fields: [{ name: time, type: 'datetime' as const, nullable: false }] };
  const { epochMs } = readColumn(conformTable(table, { spec }, `view: ${name}`), time) as DateColumn;
  return takeCells(
    keys,
    Uint32Array.from(epochMs.keys()).filter((row) => (epochMs[row] as number) < beforeMs),
  );
}

function instant(name: string, value: unknown): number {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.getTime();
  throw new TabwrightError('OPTION_INVALID', `build: ${name} must be a date, got ${valueKind(value)}`);
}
