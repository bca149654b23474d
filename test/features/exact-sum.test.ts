import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExactSum } from '../../src/features/exact-sum.js';

const finite = fc.double({ min: -1e300, max: 1e300, noNaN: true });

function sumOf(values: readonly number[]): number {
  const sum = new ExactSum();
  for (const value of values) sum.add(value);
  return sum.value();
}

/** Exact, in units of the smallest double, 2 ** -1074. */
function units(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 0n ? size : -size;
}

/** Whether no double is nearer to the exact sum, and of two equally near it is the even one. */
function isNearest(rounded: number, exact: bigint): boolean {
  const distance = (value: number) => {
    const apart = units(value) - exact;
    return apart < 0n ? -apart : apart;
  };
  const own = distance(rounded);
  return neighbours(rounded).every((other) => own < distance(other) || (own === distance(other) && isEven(rounded)));
}

function isEven(value: number): boolean {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0) % 2n === 0n;
}

function neighbours(value: number): number[] {
  if (value === 0) return [Number.MIN_VALUE, -Number.MIN_VALUE];
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  return [bits - 1n, bits + 1n].map((near) => {
    view.setBigUint64(0, near);
    return view.getFloat64(0);
  });
}

test('a sum is the exact one, rounded to the nearest double', () => {
  const mixed = fc.oneof(finite, fc.double({ min: -10, max: 10, noNaN: true }), fc.constantFrom(2 ** 53, 1, -1, 0.5));
  fc.assert(
    fc.property(fc.array(mixed, { maxLength: 40 }), (values) => {
      const exact = values.reduce((sum, value) => sum + units(value), 0n);
      expect(isNearest(sumOf(values), exact)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('half way between two doubles what lies below decides', () => {
  expect(sumOf([2 ** 53, 1])).toBe(2 ** 53);
  expect(sumOf([2 ** 53, 1, 2 ** -60])).toBe(2 ** 53 + 2);
  expect(sumOf([2 ** 53 + 2, 1, -(2 ** -60)])).toBe(2 ** 53 + 2);
});

test('what went in and out again leaves nothing, in any order', () => {
  fc.assert(
    fc.property(fc.array(finite), fc.array(finite), (kept, passing) => {
      const sum = new ExactSum();
      for (const value of [...passing, ...kept]) sum.add(value);
      for (const value of [...passing].reverse()) sum.add(-value);
      expect(sum.value()).toBe(sumOf([...kept].reverse()));
    }),
  );
});
