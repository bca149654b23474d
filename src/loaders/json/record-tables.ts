import type { ColumnTable } from 'arquero';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { JsonColumnType } from './json-column.js';
import { JsonRows } from './json-rows.js';
import type { TablesRequest } from './record-loader.js';
import type { RecordText } from './record-text.js';

const ROWS_BETWEEN_PAUSES = 256;

/**
 * Tables of `rows` records each, the last one of those that are left.
 * @throws DATA_EMPTY where there is no record; the errors of {@link JsonRows}
 */
export async function* recordTables(
  blocks: AsyncIterable<readonly RecordText[]>,
  { name, types, rows: most, slice }: TablesRequest,
): AsyncGenerator<ColumnTable> {
  let fixed: ReadonlyMap<string, JsonColumnType> | undefined;
  let rows = new JsonRows({ name, types });
  for await (const block of blocks) {
    for (const record of block) {
      rows.add(record);
      if (rows.nRows % ROWS_BETWEEN_PAUSES === 0 && slice.due()) await slice.pause();
      if (rows.nRows < most) continue;
      const { table, types: found } = rows.finish();
      fixed ??= found;
      rows = new JsonRows({ name, types, fixed });
      yield table;
    }
  }
  if (fixed === undefined && rows.nRows === 0) throw new TabwrightError('DATA_EMPTY', `${name}: there is no record`);
  if (rows.nRows > 0) yield rows.finish().table;
}
