// Decimals as the nearest doubles.

/** Powers of ten up to this one are exact doubles. */
const MAX_POWER = 22;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** `unscaled` / 10^`scale`, rounded once. */
export function bigDecimal(unscaled: bigint, scale: number): number {
  const isSmall = unscaled <= MAX_SAFE && unscaled >= -MAX_SAFE && scale <= MAX_POWER;
  return isSmall ? Number(unscaled) / 10 ** scale : Number(`${unscaled}e-${scale}`);
}

/** The decimal whose unscaled value is in two's complement, highest byte first. */
export function decimalOfBytes(bytes: Uint8Array, scale: number): number {
  if (bytes.length === 0) return 0;
  let unscaled = 0n;
  for (const byte of bytes) unscaled = (unscaled << 8n) | BigInt(byte);
  return bigDecimal(BigInt.asIntN(8 * bytes.length, unscaled), scale);
}
