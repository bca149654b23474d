// Protocol Buffers' wire format, reading alone, from untrusted bytes (protobuf.dev/programming-guides/encoding).
import { brokenFile } from './model-file-error.js';

/** One field of a message. */
export interface ProtobufEntry {
  readonly number: number;
  /** A whole number as int64 has it; beyond 2^53 not exact. 0 for other kinds of fields. */
  readonly integer: number;
  /** Contents of a text, a message or a list; empty for other kinds of fields. */
  readonly bytes: Uint8Array;
}

const [VARINT, FIXED64, LENGTH_DELIMITED, FIXED32] = [0, 1, 2, 5];
const MAX_VARINT_BYTES = 10;
const NO_BYTES = new Uint8Array(0);

/** The fields of a message, in their order. @throws BUNDLE_INVALID where the bytes are no message of `format` */
export function* protobufEntries(bytes: Uint8Array, format: string): Generator<ProtobufEntry> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = bytes[at++];
      if (byte === undefined) throw brokenFile(format, 'it is cut off');
      value |= BigInt(byte & 127) << BigInt(7 * i);
      if (byte < 128) return BigInt.asIntN(64, value);
    }
    throw brokenFile(format, 'a number has too many bytes');
  };
  const take = (length: number): Uint8Array => {
    if (!(length >= 0 && length <= bytes.length - at)) throw brokenFile(format, 'it is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(BigInt.asUintN(32, varint()));
    const entry = { number: tag >>> 3, integer: 0, bytes: NO_BYTES };
    const kind = tag & 7;
    if (kind === VARINT) yield { ...entry, integer: Number(varint()) };
    else if (kind === LENGTH_DELIMITED) yield { ...entry, bytes: take(Number(varint())) };
    else if (kind === FIXED64) yield { ...entry, bytes: take(8) };
    else if (kind === FIXED32) yield { ...entry, bytes: take(4) };
    else throw brokenFile(format, 'a field is of an unknown kind');
  }
}
