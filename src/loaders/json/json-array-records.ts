// The elements of a JSON array as they arrive, cut apart by their brackets (RFC 8259); whether each is JSON shows when it is parsed.
import { ByteQueue } from '../byte-queue.js';
import { checkUtf8 } from '../check-utf8.js';
import { checkRecordBytes, malformedJson, type RecordSource, type RecordText } from './record-text.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LF = 0x0a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const SPACES = new Set([0x20, 0x09, LF, 0x0d]);

/**
 * The objects of a JSON array, in blocks. The chunks start with the array.
 * @throws JSON_MALFORMED, TEXT_ENCODING, DATA_TOO_LARGE, and what the chunks throw
 */
export async function* jsonArrayRecords(source: RecordSource): AsyncGenerator<RecordText[]> {
  const scanner = new ArrayScanner(source);
  for await (const chunk of source.chunks) yield scanner.scan(chunk);
  scanner.finish();
}

class ArrayScanner {
  readonly #source: RecordSource;
  readonly #queue = new ByteQueue();
  /** Bytes of the queue that were looked at. */
  #at = 0;
  #line = 1;
  /** What comes next between elements: the array, its first element or end, another element, a comma or the end, nothing. */
  #expected: 'array' | 'first' | 'element' | 'comma' | 'nothing' = 'array';
  /** Open brackets of the element, 0 between elements. */
  #depth = 0;
  #start = 0;
  #startLine = 1;
  #isText = false;
  #isEscaped = false;
  readonly #before = { nLines: 0, nBytes: 0 };

  constructor(source: RecordSource) {
    this.#source = source;
  }

  scan(chunk: Buffer): RecordText[] {
    this.#queue.add(chunk);
    const { bytes } = this.#queue;
    const found: { from: number; to: number; line: number }[] = [];
    for (; this.#at < bytes.length; this.#at++) {
      const byte = bytes[this.#at] as number;
      if (byte === LF) this.#line += 1;
      if (this.#depth === 0) this.#between(byte);
      else if (this.#within(byte)) found.push({ from: this.#start, to: this.#at + 1, line: this.#startLine });
    }
    const nDone = this.#depth === 0 ? bytes.length : this.#start;
    checkUtf8(bytes.subarray(0, nDone), this.#source.name, this.#before);
    const records = found.map(({ from, to, line }): RecordText => {
      checkRecordBytes(this.#source, to - from, line);
      return { text: bytes.toString('utf8', from, to), line };
    });
    if (this.#depth > 0) checkRecordBytes(this.#source, bytes.length - this.#start, this.#startLine);
    this.#drop(nDone);
    return records;
  }

  finish(): void {
    if (this.#expected !== 'nothing') throw this.#malformed('ends within the array');
  }

  #drop(nBytes: number): void {
    this.#before.nLines = (this.#depth === 0 ? this.#line : this.#startLine) - 1;
    this.#before.nBytes += nBytes;
    this.#queue.take(nBytes);
    this.#at -= nBytes;
    this.#start = 0;
  }

  #between(byte: number): void {
    if (SPACES.has(byte)) return;
    const expected = this.#expected;
    const isElement = expected === 'first' || expected === 'element';
    if (expected === 'array' && byte === OPEN_LIST) this.#expected = 'first';
    else if (expected === 'comma' && byte === COMMA) this.#expected = 'element';
    else if ((expected === 'comma' || expected === 'first') && byte === CLOSE_LIST) this.#expected = 'nothing';
    else if (isElement && byte === OPEN) {
      this.#depth = 1;
      this.#start = this.#at;
      this.#startLine = this.#line;
    } else throw this.#malformed(isElement ? 'has an element that is no object' : 'is not valid JSON');
  }

  /** Whether the element ends with this byte. */
  #within(byte: number): boolean {
    if (this.#isText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#isText = false;
      return false;
    }
    if (byte === QUOTE) this.#isText = true;
    else if (byte === OPEN || byte === OPEN_LIST) this.#depth += 1;
    else if (byte === CLOSE || byte === CLOSE_LIST) this.#depth -= 1;
    if (this.#depth > 0) return false;
    this.#expected = 'comma';
    return true;
  }

  #malformed(rule: string): Error {
    return malformedJson(this.#source.name, this.#line, rule);
  }
}
