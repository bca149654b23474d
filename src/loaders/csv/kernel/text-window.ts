import type { CsvDialect } from '../csv-dialect.js';
import type { CsvText } from '../csv-text.js';
import type { KernelMemory } from './kernel-memory.js';

/** Room that the kernel may look at before and after a text. */
const MARGIN = 64;

/** Fills a buffer with the bytes of a text from an offset on. */
export type ByteSource = (into: Buffer, offset: number) => void;

/** A part of a text in the kernel's memory; the next one takes its place. */
export class TextWindow {
  address = 0;
  readonly #memory: KernelMemory;
  #room = 0;

  constructor(memory: KernelMemory) {
    this.#memory = memory;
  }

  /** Bytes [from, to) of a text. */
  text(
    source: ByteSource,
    range: { readonly from: number; readonly to: number; readonly hasMore: boolean },
    dialect: CsvDialect,
  ): CsvText {
    const length = range.to - range.from;
    if (length > this.#room) {
      this.address = this.#memory.reserve(length + 2 * MARGIN) + MARGIN;
      this.#room = length;
    }
    const bytes = this.#memory.bytes(this.address, length);
    source(bytes, range.from);
    return { bytes, start: 0, dialect, name: 'csv', hasMore: range.hasMore };
  }
}
