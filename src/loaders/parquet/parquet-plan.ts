// What a Parquet file holds and where, from its footer: checked so that nothing read later can lead past the file or take more
// memory than allowed.

import type { ColumnMetaData, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { parquetMetadata } from 'hyparquet';
import type { FieldType } from '../../core/feature-spec.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { nearestName } from '../../core/nearest-name.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { declaredType } from '../declared-type.js';
import { isKnownCodec } from './is-known-codec.js';
import { malformed } from './malformed.js';
import type { ChunkPlace } from './read-chunks.js';
import { readThriftStruct } from './thrift-struct.js';
import { type ValueType, valueType } from './value-type.js';

/** One column of the table. */
export interface PlannedColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly isOptional: boolean;
  /** Its pages, by row group. */
  readonly chunks: readonly ChunkPlace[];
}

/** A file's table. */
export interface ParquetPlan {
  readonly columns: readonly PlannedColumn[];
  /** Rows of each row group. */
  readonly groupRows: readonly number[];
}

/** What of the file to read. */
export interface PlanRequest {
  /** All columns where absent. */
  readonly columns: readonly string[] | undefined;
  readonly types: Readonly<Record<string, FieldType>>;
  /** Offset of the footer: all pages lie before. */
  readonly footerStart: number;
}

interface Leaf {
  readonly element: SchemaElement;
  /** Position among the chunks of a row group. */
  readonly index: number;
}

/**
 * Reads the footer: its bytes, with their length and the magic at the end.
 * @throws PARQUET_MALFORMED, COLUMN_INVALID, COLUMN_MISSING, DATA_EMPTY
 */
export function planParquet(footer: Uint8Array, request: PlanRequest): ParquetPlan {
  const metadata = readMetadata(footer);
  const leaves = chosenLeaves(metadata.schema, request.columns);
  if (leaves.length === 0) throw new TabwrightError('DATA_EMPTY', 'the file has no columns');
  const groupRows = metadata.row_groups.map((group) => size(group.num_rows, 'rows'));
  if (groupRows.reduce((sum, n) => sum + n, 0) !== size(metadata.num_rows, 'rows')) {
    throw malformed('the row groups do not have the rows of the file');
  }
  const columns = leaves.map(({ element, index }): PlannedColumn => {
    const declared = declaredType(request.types, element.name);
    const chunks = metadata.row_groups.map((group, i) => chunkPlace(group, { element, index }, i, request.footerStart));
    const isOptional = element.repetition_type !== 'REQUIRED';
    return { name: element.name, type: valueType(element, declared), isOptional, chunks };
  });
  return { columns, groupRows };
}

function readMetadata(footer: Uint8Array): FileMetaData {
  try {
    readThriftStruct(footer, 0);
    return parquetMetadata(footer, { geoparquet: false });
  } catch (error) {
    throw isTabwrightError(error) ? error : malformed('the footer is damaged', error);
  }
}

/** The columns asked for, in that order; all in the order of the file where none are. */
function chosenLeaves(schema: readonly SchemaElement[], wanted: readonly string[] | undefined): Leaf[] {
  const leaves = topLevel(schema);
  if (wanted === undefined) {
    const nested = leaves.filter(isNested).map(({ element }) => element.name);
    if (nested.length > 0) throw refuseNested(nested);
    return leaves;
  }
  const byName = new Map(leaves.map((leaf) => [leaf.element.name, leaf]));
  return wanted.map((name) => {
    const leaf = byName.get(name);
    if (leaf === undefined) {
      const near = nearestName(name, byName.keys());
      const hint = near === undefined ? '' : `; did you mean ${near}?`;
      throw new TabwrightError('COLUMN_MISSING', `column ${name} is not in the file${hint}`);
    }
    if (isNested(leaf)) throw refuseNested([name]);
    return leaf;
  });
}

function isNested({ element }: Leaf): boolean {
  return element.num_children !== undefined || element.repetition_type === 'REPEATED';
}

function refuseNested(names: readonly string[]): TabwrightError {
  const shown = names.slice(0, 5).join(', ');
  const what = names.length === 1 ? `column ${shown} is` : `columns ${shown} (${names.length} in all) are`;
  return new TabwrightError('COLUMN_INVALID', `${what} nested (list, map or struct); choose others with columns`);
}

/** The children of the schema's root; of nested ones, all leaves are counted. */
function topLevel(schema: readonly SchemaElement[]): Leaf[] {
  const leaves: Leaf[] = [];
  let index = 0;
  /** Elements still to come of the top-level column that is being passed over. */
  let open = 0;
  for (const element of schema.slice(1)) {
    if (open === 0) leaves.push({ element, index });
    else open -= 1;
    if (element.num_children === undefined) index += 1;
    else open += element.num_children;
  }
  if (open !== 0 || leaves.length !== schema[0]?.num_children) throw malformed('the schema is not a tree');
  return leaves;
}

function chunkPlace(group: RowGroup, { element, index }: Leaf, position: number, footerStart: number): ChunkPlace {
  const chunk = group.columns[index];
  const meta = chunk?.meta_data;
  const what = `column ${element.name}, row group ${position}`;
  if (meta === undefined || chunk?.file_path) throw malformed(`${what}: the pages are not in this file`);
  if (meta.type !== element.type) throw malformed(`${what}: the pages are of another type than the schema`);
  if (!isKnownCodec(meta.codec)) throw malformed(`${what}: the codec ${meta.codec} is not known`);
  const nRows = size(group.num_rows, 'rows');
  if (size(meta.num_values, 'values') !== nRows) throw malformed(`${what}: the values are not as many as the rows`);
  // A row group without rows may have no page.
  if (nRows === 0) return { group: position, nRows, start: 0, nBytes: 0, codec: meta.codec };
  const start = firstPage(meta);
  const nBytes = size(meta.total_compressed_size, 'bytes');
  if (start < 4 || start + nBytes > footerStart) throw malformed(`${what}: the pages are not within the file`);
  return { group: position, nRows, start, nBytes, codec: meta.codec };
}

function firstPage(meta: ColumnMetaData): number {
  const data = size(meta.data_page_offset, 'offset');
  const dictionary = meta.dictionary_page_offset === undefined ? 0 : size(meta.dictionary_page_offset, 'offset');
  return dictionary > 0 && dictionary < data ? dictionary : data;
}

function size(value: bigint | undefined, what: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw malformed(`the footer has a wrong number of ${what}`);
}
