// The one table a training or evaluation reads, from a loader or at hand.
import type { ColumnTable } from 'arquero';
import type { DataLoader } from '../core/data-loader.js';
import type { FeatureSpec, FieldType } from '../core/feature-spec.js';
import type { RunControl } from '../core/progress.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { plainTable } from '../table/plain-table.js';

/** Which data to load. */
export interface TableSource extends RunControl {
  readonly data: DataLoader | ColumnTable;
  /** Name of the table, where the loader has several. */
  readonly table?: string | undefined;
  /** Declared features, whose types help loaders that must guess. */
  readonly spec?: FeatureSpec | undefined;
}

/**
 * Loads the table.
 * @throws OPTION_INVALID where the loader has several tables and none is named, DATA_EMPTY for a table with no rows
 */
export async function loadTable(source: TableSource): Promise<ColumnTable> {
  const { data, signal, onProgress } = source;
  const table = isLoader(data)
    ? pick(
        await data.load({ signal, onProgress, types: typesOf(source.spec), missing: source.spec?.missing }),
        source.table,
      )
    : data;
  const plain = plainTable(table);
  if (plain.numRows() === 0) throw new TabwrightError('DATA_EMPTY', 'data: the table has no rows');
  return plain;
}

function isLoader(data: DataLoader | ColumnTable): data is DataLoader {
  return typeof (data as DataLoader).load === 'function';
}

function typesOf(spec: FeatureSpec | undefined): Readonly<Record<string, FieldType>> | undefined {
  return spec && Object.fromEntries(spec.fields.map((field) => [field.name, field.type]));
}

function pick(tables: Readonly<Record<string, ColumnTable>>, wanted: string | undefined): ColumnTable {
  const names = Object.keys(tables);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) throw new TabwrightError('OPTION_INVALID', `data: table must be one of ${names.join(', ')}`);
  const table = tables[name];
  if (table === undefined) {
    throw new TabwrightError(
      'OPTION_INVALID',
      `data: table must be one of ${names.join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  return table;
}
