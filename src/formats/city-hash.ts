// CityHash64, version 1.0 (Pike and Alakuijala, 2011), as CatBoost hashes the strings of categorical features.

const MASK = 0xffff_ffff_ffff_ffffn;
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const K_MUL = 0x9ddfea08eb382d69n;

/** The hash by which CatBoost knows a category: the low 32 bits of the CityHash64 of its UTF-8 bytes, unsigned. */
export function categoryHash(text: string): number {
  return Number(cityHash64(new TextEncoder().encode(text)) & 0xffff_ffffn);
}

/** The hash of some bytes, in [0, 2^64). */
export function cityHash64(bytes: Uint8Array): bigint {
  const read = new Words(bytes);
  const length = bytes.length;
  if (length <= 16) return hashUpTo16(read, length);
  if (length <= 32) return hashUpTo32(read, length);
  if (length <= 64) return hashUpTo64(read, length);
  return hashLong(read, length);
}

class Words {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(at: number): bigint {
    return BigInt(this.#view.getUint8(at));
  }

  word32(at: number): bigint {
    return BigInt(this.#view.getUint32(at, true));
  }

  word64(at: number): bigint {
    return this.#view.getBigUint64(at, true);
  }
}

function rotate(value: bigint, by: bigint): bigint {
  return by === 0n ? value : ((value >> by) | (value << (64n - by))) & MASK;
}

function shiftMix(value: bigint): bigint {
  return value ^ (value >> 47n);
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) & MASK;
}

function plus(...values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n) & MASK;
}

function hash128(low: bigint, high: bigint): bigint {
  let a = times(low ^ high, K_MUL);
  a ^= a >> 47n;
  let b = times(high ^ a, K_MUL);
  b ^= b >> 47n;
  return times(b, K_MUL);
}

function hashUpTo16(read: Words, length: number): bigint {
  const n = BigInt(length);
  if (length > 8) {
    const [a, b] = [read.word64(0), read.word64(length - 8)];
    return hash128(a, rotate(plus(b, n), n)) ^ b;
  }
  if (length >= 4) return hash128(plus(n, read.word32(0) << 3n), read.word32(length - 4));
  if (length === 0) return K2;
  const y = plus(read.byte(0), read.byte(length >> 1) << 8n);
  const z = plus(n, read.byte(length - 1) << 2n);
  return times(shiftMix(times(y, K2) ^ times(z, K3)), K2);
}

function hashUpTo32(read: Words, length: number): bigint {
  const n = BigInt(length);
  const a = times(read.word64(0), K1);
  const b = read.word64(8);
  const c = times(read.word64(length - 8), K2);
  const d = times(read.word64(length - 16), K0);
  const low = plus(rotate((a - b) & MASK, 43n), rotate(c, 30n), d);
  return hash128(low, plus(a, rotate(b ^ K3, 20n), -c, n));
}

function hashUpTo64(read: Words, length: number): bigint {
  let z = read.word64(24);
  let a = plus(read.word64(0), times(plus(BigInt(length), read.word64(length - 16)), K0));
  let b = rotate(plus(a, z), 52n);
  let c = rotate(a, 37n);
  a = plus(a, read.word64(8));
  c = plus(c, rotate(a, 7n));
  a = plus(a, read.word64(16));
  const vf = plus(a, z);
  const vs = plus(b, rotate(a, 31n), c);
  a = plus(read.word64(16), read.word64(length - 32));
  z = read.word64(length - 8);
  b = rotate(plus(a, z), 52n);
  c = rotate(a, 37n);
  a = plus(a, read.word64(length - 24));
  c = plus(c, rotate(a, 7n));
  a = plus(a, read.word64(length - 16));
  const wf = plus(a, z);
  const ws = plus(b, rotate(a, 31n), c);
  const r = shiftMix(plus(times(plus(vf, ws), K2), times(plus(wf, vs), K0)));
  return times(shiftMix(plus(times(r, K0), vs)), K2);
}

function weak(read: Words, at: number, seedA: bigint, seedB: bigint): [bigint, bigint] {
  const [w, x, y, z] = [read.word64(at), read.word64(at + 8), read.word64(at + 16), read.word64(at + 24)];
  let a = plus(seedA, w);
  let b = rotate(plus(seedB, a, z), 21n);
  const c = a;
  a = plus(a, x, y);
  b = plus(b, rotate(a, 44n));
  return [plus(a, z), plus(b, c)];
}

function hashLong(read: Words, length: number): bigint {
  let x = read.word64(0);
  let y = read.word64(length - 16) ^ K1;
  let z = read.word64(length - 56) ^ K0;
  let v = weak(read, length - 64, BigInt(length), y);
  let w = weak(read, length - 32, times(BigInt(length), K1), K0);
  z = plus(z, times(shiftMix(v[1]), K1));
  x = times(rotate(plus(z, x), 39n), K1);
  y = times(rotate(y, 33n), K1);
  for (let at = 0, left = (length - 1) & ~63; left !== 0; at += 64, left -= 64) {
    x = times(rotate(plus(x, y, v[0], read.word64(at + 16)), 37n), K1);
    y = times(rotate(plus(y, v[1], read.word64(at + 48)), 42n), K1);
    x ^= w[1];
    y ^= v[0];
    z = rotate(z ^ w[0], 33n);
    v = weak(read, at, times(v[1], K1), plus(x, w[0]));
    w = weak(read, at + 32, plus(z, w[1]), y);
    [z, x] = [x, z];
  }
  return hash128(plus(hash128(v[0], w[0]), times(shiftMix(y), K1), z), plus(hash128(v[1], w[1]), x));
}
