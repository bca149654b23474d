import type { FileHandle } from 'node:fs/promises';
import type { FieldType } from '../../core/feature-spec.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { declaredType } from '../declared-type.js';
import { csvDialect } from './csv-dialect.js';
import { type CsvHead, readCsvHead } from './csv-head.js';
import type { ResolvedCsvOptions } from './csv-options.js';

/** Bytes of the first rows, from which delimiter, header and first guesses of types are read. */
const HEAD_BYTES = 1_048_576;

/** The head of an open file; undefined where it is not in order, or does not fit into the bytes looked at. */
export async function fileHead(
  file: FileHandle,
  size: number,
  options: ResolvedCsvOptions,
  types: Readonly<Record<string, FieldType>>,
): Promise<CsvHead | undefined> {
  const bytes = Buffer.alloc(Math.min(HEAD_BYTES, size));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
  if (bytesRead < bytes.length) return undefined;
  try {
    const text = { bytes, start: 0, dialect: csvDialect(options), name: 'csv', hasMore: bytes.length < size };
    return readCsvHead(text, (name) => declaredType(types, name));
  } catch (error) {
    if (isTabwrightError(error)) return undefined;
    throw error;
  }
}
