// Protocol Buffers' wire format, writing alone: varints and length-delimited fields (protobuf.dev/programming-guides/encoding).

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** One field of a message, as bytes. */
export type ProtobufField = Uint8Array;

/** A whole number field; negative ones take ten bytes, as int64 does. */
export function varintField(number: number, value: number): ProtobufField {
  return Uint8Array.from([...varint(tag(number, VARINT)), ...varint(BigInt(value))]);
}

export function textField(number: number, text: string): ProtobufField {
  return bytesField(number, new TextEncoder().encode(text));
}

export function bytesField(number: number, bytes: Uint8Array): ProtobufField {
  return joined([Uint8Array.from([...varint(tag(number, LENGTH_DELIMITED)), ...varint(BigInt(bytes.length))]), bytes]);
}

/** A message inside another. */
export function messageField(number: number, fields: readonly ProtobufField[]): ProtobufField {
  return bytesField(number, joined(fields));
}

/** A list of whole numbers, packed. */
export function varintsField(number: number, values: ArrayLike<number>): ProtobufField {
  const bytes: number[] = [];
  for (let i = 0; i < values.length; i++) bytes.push(...varint(BigInt(values[i] as number)));
  return bytesField(number, Uint8Array.from(bytes));
}

/** Fields one after another: a message. */
export function joined(fields: readonly ProtobufField[]): Uint8Array {
  const all = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const field of fields) {
    all.set(field, at);
    at += field.length;
  }
  return all;
}

function tag(number: number, type: number): bigint {
  return BigInt((number << 3) | type);
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  bytes.push(Number(left));
  return bytes;
}
