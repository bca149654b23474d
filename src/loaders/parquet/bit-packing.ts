// Writes values of few bits, lowest bit first, in groups of eight (Encodings.md of Apache Parquet, RLE).

/** The hybrid encoding of `values` as one run; see {@link packedBits}. */
export function packedRun(values: Int32Array, width: number): Uint8Array {
  return Buffer.concat([Uint8Array.from(varint(Math.ceil(values.length / 8) * 2 + 1)), packedBits(values, width)]);
}

/** `values`, all below 2^`width`, one after another, filled up to a multiple of eight; `width` is at most 24. */
export function packedBits(values: Int32Array, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(values.length / 8) * width);
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < values.length; i++) {
    bits |= (values[i] as number) << held;
    held += width;
    while (held >= 8) {
      bytes[at++] = bits & 255;
      bits >>>= 8;
      held -= 8;
    }
  }
  if (held > 0) bytes[at] = bits & 255;
  return bytes;
}

/** The hybrid encoding of one value of at most eight bits, so many times. */
export function repeatedRun(value: number, count: number): Uint8Array {
  return Uint8Array.of(...varint(count * 2), value);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}
