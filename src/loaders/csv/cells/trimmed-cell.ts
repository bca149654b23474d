// A cell's bounds without the spaces and tabs around it, as numbers, dates, booleans and missing tokens are read.

/** The first byte in [start, end) that is no space or tab, or `end`. */
export function trimmedStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at += 1;
  return at;
}

/** The byte after the last one in [start, end) that is no space or tab, or `start`. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === 0x20 || bytes[at - 1] === 0x09)) at -= 1;
  return at;
}
