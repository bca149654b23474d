import type { CsvText } from './csv/csv-text.js';

const LF = 0x0a;
const CR = 0x0d;

/** The number of the line that a byte is in, from 1. Lines end with CR, LF or CRLF. */
export function lineNumber(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) {
    if (bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF)) line += 1;
  }
  return line;
}

/** The line of a byte in the file that the text is a part of. */
export function textLine({ bytes, before }: Pick<CsvText, 'bytes' | 'before'>, offset: number): number {
  return lineNumber(bytes, offset) + (before === undefined ? 0 : before.nLines);
}
