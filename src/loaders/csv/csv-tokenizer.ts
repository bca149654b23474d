// Splits CSV bytes into cells (RFC 4180; rows end with CR, LF or CRLF): positions only, nothing is decoded or copied.
import { TabwrightError } from '../../core/tabwright-error.js';
import { textLine } from '../line-number.js';
import { BARE, type CellBlock, ESCAPED, QUOTED } from './cell-block.js';
import type { CsvText } from './csv-text.js';

/** What is returned for a row that may go on past the bytes at hand. */
export const INCOMPLETE = -1;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** Walks over the rows of a CSV text; blank lines and comments are none. */
export class CsvTokenizer {
  /** Offset of the next byte to read. */
  position: number;
  /** Offset at which the row last read starts. */
  rowStart: number;
  private readonly text: CsvText;
  /** Whether the quoted cell last read holds doubled quotes. */
  private escaped = false;

  constructor(text: CsvText) {
    this.text = text;
    this.position = text.start;
    this.rowStart = text.start;
  }

  /**
   * Reads a row, puts its first `cells.nColumns` cells into the block as row `at`, and returns how many cells it has; 0
   * where no row is left, INCOMPLETE where more bytes are needed to tell, and then nothing is consumed.
   * @throws CSV_MALFORMED for quotes that are not closed or not followed by a delimiter; DATA_TOO_LARGE for a long cell
   */
  next(cells: CellBlock, at: number): number {
    const before = this.position;
    this.skipIgnoredLines();
    const { bytes, dialect } = this.text;
    const { delimiter, quote, trim, maxCellBytes } = dialect;
    const length = bytes.length;
    // Most bytes of most cells are past it: one comparison for them.
    const last = Math.max(delimiter, CR);
    let position = this.position;
    if (position >= length) return this.atEnd(before, 0);
    this.rowStart = position;
    const base = at * cells.nColumns;
    for (let count = 0; ; ) {
      let start = trim ? this.skipSpaces(position) : position;
      let end = start;
      let mark = BARE;
      if (start < length && bytes[start] === quote) {
        end = this.closingQuote(start, count);
        mark = this.escaped ? ESCAPED : QUOTED;
        position = this.afterQuote(end + 1, start, count);
        start += 1;
      } else {
        while (end < length) {
          const byte = bytes[end] as number;
          if (byte <= last && (byte === delimiter || byte === LF || byte === CR)) break;
          end += 1;
        }
        position = end;
        if (trim) end = this.trimmedEnd(start, end);
      }
      if (end - start > maxCellBytes) throw this.tooLong(start, end, count);
      if (count < cells.nColumns) {
        cells.bounds[2 * (base + count)] = start;
        cells.bounds[2 * (base + count) + 1] = end;
        cells.marks[base + count] = mark;
      }
      count += 1;
      if (position < length && bytes[position] === delimiter) {
        position += 1;
        continue;
      }
      // With the byte after the row, CR and LF are told from CR alone.
      if (position + 1 >= length) return this.atEnd(before, count);
      // Of CR and LF, the second is a blank line.
      this.position = position + 1;
      return count;
    }
  }

  /** The count where the text is over, or back to where the row began. */
  private atEnd(before: number, count: number): number {
    this.position = this.text.hasMore ? before : this.text.bytes.length;
    return this.text.hasMore ? INCOMPLETE : count;
  }

  private skipIgnoredLines(): void {
    const { bytes, dialect } = this.text;
    while (this.position < bytes.length) {
      const byte = bytes[this.position];
      if (byte === LF || byte === CR) this.position += 1;
      else if (dialect.comment.length > 0 && this.startsWith(dialect.comment)) this.skipLine();
      else return;
    }
  }

  private startsWith(prefix: Uint8Array): boolean {
    return prefix.every((byte, index) => this.text.bytes[this.position + index] === byte);
  }

  private skipLine(): void {
    const { bytes } = this.text;
    while (this.position < bytes.length && bytes[this.position] !== LF && bytes[this.position] !== CR) {
      this.position += 1;
    }
  }

  private isSpace(byte: number | undefined): boolean {
    return (byte === SPACE || byte === TAB) && byte !== this.text.dialect.delimiter;
  }

  private skipSpaces(position: number): number {
    let at = position;
    while (this.isSpace(this.text.bytes[at])) at += 1;
    return at;
  }

  private trimmedEnd(start: number, end: number): number {
    let at = end;
    while (at > start && this.isSpace(this.text.bytes[at - 1])) at -= 1;
    return at;
  }

  /** The offset of the quote that closes the one at `open`; notes whether there are doubled ones on the way. */
  private closingQuote(open: number, column: number): number {
    const { bytes, dialect } = this.text;
    this.escaped = false;
    for (let at = open + 1; at < bytes.length; at++) {
      if (bytes[at] !== dialect.quote) continue;
      if (bytes[at + 1] !== dialect.quote) return at;
      this.escaped = true;
      at += 1;
    }
    if (this.text.hasMore) return bytes.length;
    throw this.malformed(open, column, 'has a quote that is never closed');
  }

  /** The offset of the delimiter or line end after a closing quote. */
  private afterQuote(position: number, open: number, column: number): number {
    const { bytes, dialect } = this.text;
    const at = dialect.trim ? this.skipSpaces(position) : position;
    const byte = bytes[at];
    if (at < bytes.length && byte !== dialect.delimiter && byte !== LF && byte !== CR) {
      throw this.malformed(open, column, 'has a quoted cell with text after its closing quote');
    }
    return at;
  }

  private malformed(offset: number, column: number, what: string): TabwrightError {
    return new TabwrightError('CSV_MALFORMED', `${this.text.name}: ${this.place(offset, column)} ${what}`);
  }

  private tooLong(start: number, end: number, column: number): TabwrightError {
    const { name, dialect } = this.text;
    const rule = `a cell must have at most ${dialect.maxCellBytes} bytes (maxCellBytes), got ${end - start}`;
    return new TabwrightError('DATA_TOO_LARGE', `${name}: ${this.place(start, column)}: ${rule}`);
  }

  private place(offset: number, column: number): string {
    return `line ${textLine(this.text, offset)}, column ${column + 1}`;
  }
}
