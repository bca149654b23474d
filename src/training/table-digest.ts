// One digest for the rows that a model learned from: the same table gives the same digest in every process.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { readColumn } from '../table/read-column.js';
import type { PreparedData } from './prepare-data.js';

/**
 * 32 hexadecimal digits over the features, the target and the weights, column by column in the order of the features.
 */
export async function tableDigest({ table, spec, target, weights }: PreparedData): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  const columns = spec.fields.map(({ name }) => readColumn(table, name));
  for (const column of weights === undefined ? [...columns, target] : [...columns, target, weights]) {
    for (const part of partsOf(column)) hash.update(part);
    await setImmediate();
  }
  return hash.digest('hex').slice(0, 32);
}

function partsOf(column: Column): (string | Uint8Array)[] {
  if (column instanceof Float64Array) return [bytesOf(column)];
  if (column instanceof DictionaryColumn) return [JSON.stringify(column.values), bytesOf(column.codes)];
  if (column instanceof BooleanColumn) return [bytesOf(column.codes)];
  if (column instanceof DateColumn) return [bytesOf(column.epochMs)];
  return column satisfies never;
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
