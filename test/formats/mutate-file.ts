// Broken model files: real ones with bytes changed, cut out, repeated, or numbers replaced by others.

import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import type { Random } from '../../src/core/random.js';
import { isOnnx, readOnnx } from '../../src/formats/onnx-reader.js';
import { parseModelFile } from '../../src/formats/parse-model-file.js';

const NUMBERS = [
  '-1',
  '0',
  '1',
  '2147483647',
  '4294967296',
  '1e308',
  '-1e-320',
  '9007199254740993',
  '""',
  'null',
  '[]',
  'NaN',
];

/** A file with one to four changes. */
export function mutated(file: Uint8Array, random: Random): Uint8Array {
  let bytes = file;
  const nChanges = 1 + Math.floor(random.next() * 4);
  for (let i = 0; i < nChanges; i++) bytes = changed(bytes, random);
  return bytes;
}

function changed(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random.next() * bytes.length);
  const to = Math.min(bytes.length, at + Math.floor(random.next() ** 3 * 200));
  switch (Math.floor(random.next() * 5)) {
    case 0:
      return bytes.map((byte, i) => (i === at ? Math.floor(random.next() * 256) : byte));
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(to));
    case 3:
      return joined(bytes.subarray(0, to), bytes.subarray(at));
    default:
      return numberReplaced(bytes, at, NUMBERS[Math.floor(random.next() * NUMBERS.length)] as string);
  }
}

/** Replaces the digits from the first one after a place on. */
function numberReplaced(bytes: Uint8Array, from: number, by: string): Uint8Array {
  const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;
  let at = from;
  while (at < bytes.length && !isDigit(bytes[at])) at += 1;
  let end = at;
  while (isDigit(bytes[end])) end += 1;
  return joined(bytes.subarray(0, at), new TextEncoder().encode(by), bytes.subarray(end));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** Reads a file: whether it was taken or refused. Anything but an error with a code goes on to the caller. */
export function isRefused(bytes: Uint8Array): boolean {
  try {
    if (isOnnx(bytes)) readOnnx(bytes);
    else parseModelFile(bytes);
    return false;
  } catch (error) {
    if (!isTabwrightError(error) || error.code === 'INTERNAL') throw error;
    return true;
  }
}
