// Distinct strings as UTF-8 bytes, from which JavaScript's strings are made when they are asked for.
import { isAscii } from 'node:buffer';

const DECODED_AT_ONCE = 4096;

/** Strings by code: 0, 1, 2 and so on. */
export class StringPool {
  readonly size: number;
  /** Where each string ends in the bytes; it starts where the one before ends. */
  readonly #ends: Int32Array | Uint32Array;
  readonly #bytes: Buffer;

  constructor(size: number, ends: Int32Array | Uint32Array, bytes: Uint8Array) {
    this.size = size;
    this.#ends = ends;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  at(code: number): string {
    return this.#bytes.toString('utf8', this.#start(code), this.#start(code + 1));
  }

  toArray(): string[] {
    const steps = this.steps();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /** {@link toArray} in steps of some thousand strings. */
  *steps(): Generator<undefined, string[]> {
    const strings = new Array<string>(this.size);
    for (let code = 0; code < this.size; code += DECODED_AT_ONCE) {
      this.#decode(code, Math.min(code + DECODED_AT_ONCE, this.size), strings);
      yield;
    }
    return strings;
  }

  /** Puts the strings of some codes into the list. In ASCII a byte is a character, so that they are cut from one text. */
  #decode(from: number, to: number, strings: string[]): void {
    const first = this.#start(from);
    const bytes = this.#bytes.subarray(first, this.#start(to));
    const text = isAscii(bytes) ? bytes.toString('latin1') : undefined;
    for (let code = from; code < to; code++) {
      const start = this.#start(code) - first;
      const end = this.#start(code + 1) - first;
      strings[code] = text === undefined ? bytes.toString('utf8', start, end) : text.slice(start, end);
    }
  }

  #start(code: number): number {
    return code === 0 ? 0 : (this.#ends[code - 1] as number);
  }
}
