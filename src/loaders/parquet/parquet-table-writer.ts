import type { JsonObject } from '../../core/json.js';
import { resolveOptions } from '../../core/resolve-options.js';
import type { TableWriter } from '../writes-tables.js';
import { ParquetEncoder, type ParquetEncoderState } from './parquet-encoder.js';
import { writeParquetOptions } from './write-options.js';
import { tablePieces, typedTable } from './write-parquet.js';

/** The writer of a Parquet file; each table makes row groups of its own. */
export function parquetTableWriter(state: JsonObject | undefined): TableWriter {
  const options = resolveOptions(writeParquetOptions);
  let encoder = state && new ParquetEncoder(state as unknown as ParquetEncoderState, options);
  return {
    *pieces(table) {
      const typed = typedTable(table);
      if (encoder === undefined) {
        encoder = new ParquetEncoder(typed, options);
        yield encoder.head();
      }
      yield* tablePieces(encoder, typed, options);
    },
    end: () => encoder?.foot() ?? '',
    state: () => ({ ...encoder?.state }) as unknown as JsonObject,
  };
}
