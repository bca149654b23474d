import { grownArray } from '../../grown-array.js';

/** Makes the doubled quotes of quoted cells single, in a buffer that the next cell overwrites. */
export class Unescaper {
  /** The last cell's bytes, from 0. */
  bytes: Uint8Array = new Uint8Array(256);
  private readonly quote: number;

  constructor(quote: number) {
    this.quote = quote;
  }

  /** Reads the cell in bytes [start, end); returns how many bytes it has. */
  read(from: Uint8Array, start: number, end: number): number {
    this.bytes = grownArray(this.bytes, end - start);
    let length = 0;
    for (let at = start; at < end; at++) {
      const byte = from[at] as number;
      this.bytes[length++] = byte;
      if (byte === this.quote) at += 1;
    }
    return length;
  }
}
