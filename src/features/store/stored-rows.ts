// The rows of a version: one Parquet file a part, each proven by its digest and read in the types of the view.

import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import type { FeatureSpec, Field } from '../../core/feature-spec.js';
import { readDigested } from '../../core/file-digest.js';
import { readStored } from '../../core/read-stored.js';
import { parquet } from '../../loaders/parquet/parquet.js';
import { conformTable } from '../../schema/conform-table.js';
import type { Column } from '../../table/column.js';
import { concatColumns } from '../../table/concat-columns.js';
import { makeTable } from '../../table/make-table.js';
import { readColumn } from '../../table/read-column.js';
import { AS_OF, type FeatureVersion, type VersionPart } from './feature-version.js';
import { definedView, featureColumns } from './view-definition.js';
import { ROWS_FILE, type ViewDirectory } from './view-directory.js';

/**
 * All rows of a version, in the order in which versions added them: entity, `as_of`, features.
 * @throws BUNDLE_INVALID naming the first file that is missing, cut off or altered; STORAGE_FAILED
 */
export async function readRows(view: ViewDirectory, version: FeatureVersion): Promise<ColumnTable> {
  const spec = rowSpec(version);
  const parts: ColumnTable[] = [];
  for (const part of version.parts) parts.push(await readPart(view, part, spec));
  return makeTable(
    spec.fields.map(({ name }): [string, Column] => [
      name,
      concatColumns(
        parts.map((part) => readColumn(part, name)),
        name,
      ),
    ]),
  );
}

/** The columns of stored rows, as a specification to read them by. */
function rowSpec({ entity, entityType, definition }: FeatureVersion): FeatureSpec {
  const fields: Field[] = [
    { name: entity, type: entityType, nullable: false },
    { name: AS_OF, type: 'datetime', nullable: false },
  ];
  for (const { name, type } of featureColumns(definedView(definition))) fields.push({ name, type, nullable: true });
  return { fields, missing: [] };
}

async function readPart(view: ViewDirectory, part: VersionPart, spec: FeatureSpec): Promise<ColumnTable> {
  const what = `${view.name}/${part.version}: ${ROWS_FILE}`;
  const path = join(view.version(part.version), ROWS_FILE);
  const bytes = await readStored(what, () => readDigested(path, part, what));
  const types = Object.fromEntries(spec.fields.map(({ name, type }) => [name, type]));
  return conformTable((await parquet(bytes).load({ types })).data, { spec }, what);
}
