// A training set from the stored rows of a version instead of the raw tables.
import type { ColumnTable } from 'arquero';
import { DAY_MS } from '../../core/day-ms.js';
import { timeSlice } from '../../core/time-slice.js';
import type { Column } from '../../table/column.js';
import type { DateColumn } from '../../table/date-column.js';
import { readColumn } from '../../table/read-column.js';
import { gatherCells } from '../gather-cells.js';
import { type Labels, labelledRows } from '../labelled-rows.js';
import { asOfRows } from './as-of-rows.js';
import { AS_OF, type FeatureVersion } from './feature-version.js';
import { readRows } from './stored-rows.js';
import { definedView } from './view-definition.js';
import type { ViewDirectory } from './view-directory.js';

/** How old a stored row may be, and what ends the call. */
export interface StoredRowAge {
  readonly ttlDays: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * For each label the features of the latest stored row that is not after it and not too old.
 * @throws DATA_EMPTY, OPTION_INVALID, COLUMN_MISSING, COLUMN_INVALID, VALIDATION_FAILED, BUNDLE_INVALID, STORAGE_FAILED,
 * CANCELLED
 */
export async function storedTrainingSet(
  directory: ViewDirectory,
  version: FeatureVersion,
  labels: Labels,
  { ttlDays, signal }: StoredRowAge,
): Promise<ColumnTable> {
  const slice = timeSlice(signal);
  const rows = await readRows(directory, version);
  await slice.pause();
  const view = definedView(version.definition);
  const stored = {
    entities: readColumn(rows, version.entity),
    epochMs: (readColumn(rows, AS_OF) as DateColumn).epochMs,
  };
  return labelledRows(view, labels, async (moments) => {
    const found = asOfRows(stored, moments, ttlDays * DAY_MS, version.entity);
    return view.features.map(({ name }): [string, Column] => [name, gatherCells(readColumn(rows, name), found)]);
  });
}
