// From labels with a time each to a training set that holds nothing from after those times.
import type { ColumnTable } from 'arquero';
import type { RunControl } from '../core/progress.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { timeSlice } from '../core/time-slice.js';
import { conformTable } from '../schema/conform-table.js';
import type { Column } from '../table/column.js';
import type { DateColumn } from '../table/date-column.js';
import { makeTable } from '../table/make-table.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { viewColumns } from './view-columns.js';
import type { FeatureView } from './view-types.js';

/** What was known, and as of when. An entity may have several labels. */
export interface Labels {
  /** Has the view's entity column, and the two below. */
  readonly table: ColumnTable;
  /** Column of the time as of which the features are computed: dates, or ISO 8601 strings. */
  readonly time: string;
  /** Column of the label. */
  readonly label: string;
}

/**
 * The features of a view for every label, in the order of the labels: a table of the entity, the time, the features in
 * declared order, and the label. Every aggregate uses only events strictly before the label's time and inside its window;
 * attributes are taken as they stand.
 * @param tables a table a source of the view, by name; others are passed over
 * @throws COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED naming the source, column and rows
 * @throws OPTION_INVALID for a table that is not there, or a feature named like a column of the labels
 * @throws DATA_EMPTY, CANCELLED
 */
export async function buildTrainingSet<Events extends string, Attributes extends string>(
  view: FeatureView<unknown, Events, Attributes>,
  labels: Labels,
  tables: Readonly<Record<Events | Attributes, ColumnTable>>,
  control: Pick<RunControl, 'signal'> = {},
): Promise<ColumnTable> {
  const slice = timeSlice(control.signal);
  const table = plainTable(labels.table);
  refuseSameNames(view, labels);
  if (table.numRows() === 0) throw new TabwrightError('DATA_EMPTY', 'labels: the table has no rows');
  const entities = readColumn(table, view.entity);
  refuseMissing(entities, view.entity);
  const spec = { fields: [{ name: labels.time, type: 'datetime' as const, nullable: false }] };
  const times = readColumn(conformTable(table, { spec }, 'labels'), labels.time) as DateColumn;
  const label = readColumn(table, labels.label);
  const features = await viewColumns(view, { entities, epochMs: times.epochMs }, tables, slice);
  return makeTable([[view.entity, entities], [labels.time, times], ...features, [labels.label, label]]);
}

function refuseSameNames(view: FeatureView, { time, label }: Labels): void {
  const taken = new Set([view.entity, time, label]);
  if (taken.size < 3)
    throw new TabwrightError('OPTION_INVALID', 'labels: entity, time and label must be three columns');
  const same = view.features.find(({ name }) => taken.has(name));
  if (same === undefined) return;
  throw new TabwrightError(
    'OPTION_INVALID',
    `labels: column ${same.name} must not be named like a feature of the view`,
  );
}

function refuseMissing(entities: Column, name: string): void {
  for (let row = 0; row < entities.length; row++) {
    const cell = entities.at(row);
    if (cell !== null && !Number.isNaN(cell)) continue;
    throw new TabwrightError('COLUMN_INVALID', `labels: ${name} must not be missing, got null in row ${row}`);
  }
}
