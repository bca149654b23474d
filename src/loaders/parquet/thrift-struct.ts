// Thrift's compact protocol, as far as Parquet uses it, read strictly: no number, list or depth beyond what the bytes can hold
// (thrift-compact-protocol.md of Apache Thrift).
import { malformed } from './malformed.js';

/** Fields by id. Integers of 64 bits are rounded to doubles. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;
export type ThriftValue = number | boolean | Uint8Array | readonly ThriftValue[] | ThriftStruct;

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I64 = 6;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;
const MAX_DEPTH = 24;
const MAX_VARINT_BYTES = 10;
/** More than any real footer has; each takes memory. */
const MAX_VALUES = 16_000_000;

/**
 * The struct at a position, and where it ends.
 * @throws PARQUET_MALFORMED
 */
export function readThriftStruct(bytes: Uint8Array, start: number): { readonly fields: ThriftStruct; end: number } {
  const reader = new ThriftReader(bytes, start);
  return { fields: reader.struct(0), end: reader.at };
}

class ThriftReader {
  at: number;
  private readonly bytes: Uint8Array;
  private nValues = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.bytes = bytes;
    this.at = start;
  }

  struct(depth: number): ThriftStruct {
    if (depth > MAX_DEPTH) throw malformed('a header is nested too deeply');
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (;;) {
      const head = this.byte();
      const type = head & 15;
      if (type === STOP) return fields;
      id = head >> 4 === 0 ? this.zigzag() : id + (head >> 4);
      fields.set(id, type === TRUE || type === FALSE ? type === TRUE : this.value(type, depth));
    }
  }

  private value(type: number, depth: number): ThriftValue {
    this.nValues += 1;
    if (this.nValues > MAX_VALUES) throw malformed(`a header must have at most ${MAX_VALUES} values`);
    if (type === TRUE || type === FALSE) return this.byte() === TRUE;
    if (type === BYTE) return (this.byte() << 24) >> 24;
    if (type > BYTE && type <= I64) return this.zigzag();
    if (type === DOUBLE) return this.double();
    if (type === BINARY) return this.take(this.varint());
    if (type === LIST || type === SET) return this.list(depth + 1);
    if (type === STRUCT) return this.struct(depth + 1);
    throw malformed(`a header has a value of the unknown type ${type}`);
  }

  private list(depth: number): ThriftValue[] {
    if (depth > MAX_DEPTH) throw malformed('a header is nested too deeply');
    const head = this.byte();
    const size = head >> 4 === 15 ? this.varint() : head >> 4;
    if (size > this.bytes.length - this.at) throw malformed('a header has a list that is longer than the header');
    const values: ThriftValue[] = [];
    for (let i = 0; i < size; i++) values.push(this.value(head & 15, depth));
    return values;
  }

  private double(): number {
    const bytes = this.take(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw malformed('a header is cut off');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  private varint(): number {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
    throw malformed('a header has a number of too many bytes');
  }

  private byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw malformed('a header is cut off');
    return byte;
  }
}
