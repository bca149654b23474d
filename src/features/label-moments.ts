// The entities and times that a table asks features for, checked.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import { conformTable } from '../schema/conform-table.js';
import type { Column } from '../table/column.js';
import type { DateColumn } from '../table/date-column.js';
import { readColumn } from '../table/read-column.js';
import { takeCells } from '../table/take-cells.js';

/** Which features are asked for: one row an entity and time. */
export interface Moments {
  /** Column [nRows] of entities, none missing. */
  readonly entities: Column;
  /** Float64Array [nRows], none NaN. */
  readonly epochMs: Float64Array;
}

/**
 * Reads the entity and the time of every row.
 * @param table plain
 * @param what first word of messages: "labels"
 * @throws DATA_EMPTY, COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED
 */
export function labelMoments(table: ColumnTable, entity: string, time: string, what: string): Moments {
  if (table.numRows() === 0) throw new TabwrightError('DATA_EMPTY', `${what}: the table has no rows`);
  const entities = readColumn(table, entity);
  refuseMissing(entities, `${what}: ${entity}`);
  const spec = { fields: [{ name: time, type: 'datetime' as const, nullable: false }] };
  const times = readColumn(conformTable(table, { spec }, what), time) as DateColumn;
  return { entities, epochMs: times.epochMs };
}

/** The moments of the rows for which `keeps` is true. */
export function pickMoments({ entities, epochMs }: Moments, keeps: (row: number) => boolean): Moments {
  const rows = Uint32Array.from(epochMs.keys()).filter(keeps);
  return { entities: takeCells(entities, rows), epochMs: Float64Array.from(rows, (row) => epochMs[row] as number) };
}

function refuseMissing(entities: Column, what: string): void {
  for (let row = 0; row < entities.length; row++) {
    const cell = entities.at(row);
    if (cell !== null && !Number.isNaN(cell)) continue;
    throw new TabwrightError('COLUMN_INVALID', `${what} must not be missing, got null in row ${row}`);
  }
}
