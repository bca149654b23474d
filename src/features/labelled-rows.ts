// A training set from labels and the features of their moments, wherever those come from.
import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { makeTable } from '../table/make-table.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import type { Moments } from './label-moments.js';
import { labelMoments } from './label-moments.js';
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
 * A table of entity, time, features and label, in the order of the labels.
 * @param features makes the columns of features, by name, for the moments of the labels
 * @throws DATA_EMPTY, COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED, OPTION_INVALID and what `features` throws
 */
export async function labelledRows(
  view: Pick<FeatureView, 'entity' | 'features'>,
  labels: Labels,
  features: (moments: Moments) => Promise<(readonly [string, Column])[]>,
): Promise<ColumnTable> {
  const table = plainTable(labels.table);
  refuseSameNames(view, labels);
  const moments = labelMoments(table, view.entity, labels.time, 'labels');
  const label = readColumn(table, labels.label);
  return makeTable([
    [view.entity, moments.entities],
    [labels.time, new DateColumn(moments.epochMs)],
    ...(await features(moments)),
    [labels.label, label],
  ]);
}

function refuseSameNames(
  { entity, features }: Pick<FeatureView, 'entity' | 'features'>,
  { time, label }: Labels,
): void {
  const taken = new Set([entity, time, label]);
  if (taken.size < 3)
    throw new TabwrightError('OPTION_INVALID', 'labels: entity, time and label must be three columns');
  const same = features.find(({ name }) => taken.has(name));
  if (same === undefined) return;
  throw new TabwrightError(
    'OPTION_INVALID',
    `labels: column ${same.name} must not be named like a feature of the view`,
  );
}
