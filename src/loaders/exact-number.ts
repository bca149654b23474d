const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const NOT_FINITE: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** Whether a value is an integer that may be too long for a double: a bigint, or digits. */
export function isInteger(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'string' && INTEGER.test(value));
}

/** The number, or undefined for an integer past 2^53 that a double does not hold: rounded, two ids would be one. */
export function exactNumber(value: bigint): number | undefined {
  const number = Number(value);
  return BigInt(number) === value ? number : undefined;
}

/**
 * The number that a database writes so: the nearest one to a decimal, an integer exactly. Undefined for an integer that a double
 * does not hold, and for what is no number.
 */
export function exactDecimal(text: string): number | undefined {
  if (INTEGER.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : exactNumber(BigInt(text.replace(/^\+/, '')));
  }
  return DECIMAL.test(text) ? Number(text) : NOT_FINITE[text];
}
