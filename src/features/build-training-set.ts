// From labels with a time each to a training set that holds nothing from after those times.
import type { ColumnTable } from 'arquero';
import type { RunControl } from '../core/progress.js';
import { timeSlice } from '../core/time-slice.js';
import type { Labels } from './labelled-rows.js';
import { labelledRows } from './labelled-rows.js';
import { viewColumns } from './view-columns.js';
import type { FeatureView } from './view-types.js';

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
  return labelledRows(view, labels, (moments) => viewColumns(view, moments, tables, slice));
}
