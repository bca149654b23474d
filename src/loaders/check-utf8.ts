import { isUtf8 } from 'node:buffer';
import { TabwrightError } from '../core/tabwright-error.js';
import type { CsvText } from './csv/csv-text.js';
import { lineNumber } from './line-number.js';

const NOTHING = { nLines: 0, nBytes: 0 };

/**
 * Refuses bytes that are not UTF-8; `before` is what came before them in the same file.
 * @throws TEXT_ENCODING with the offset and the line of the first wrong byte
 */
export function checkUtf8(bytes: Uint8Array, name: string, before: CsvText['before'] = NOTHING): void {
  if (isUtf8(bytes)) return;
  const offset = firstInvalid(bytes);
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const hint = utf16 ? '; it looks like UTF-16' : '';
  throw new TabwrightError(
    'TEXT_ENCODING',
    `${name}: the text must be UTF-8, but byte ${before.nBytes + offset} (line ${before.nLines + lineNumber(bytes, offset)}) is not${hint}`,
  );
}

/** Offset of the first sequence that is not well formed (Unicode 16, table 3-7). */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/** Bytes of the sequence that starts here, or 0 where it is not well formed. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  // Overlong forms, surrogates and code points past U+10FFFF show in the second byte.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if (byte < (i === 1 ? low : 0x80) || byte > (i === 1 ? high : 0xbf)) return 0;
  }
  return length;
}
