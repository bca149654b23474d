type NumberArray = Float64Array | Int32Array | Int8Array | Uint8Array;

/** The array itself where it holds `length` elements, else a copy of at least twice its size. */
export function grownArray<T extends NumberArray>(array: T, length: number): T {
  if (length <= array.length) return array;
  const grown = new (array.constructor as new (length: number) => T)(Math.max(length, array.length * 2));
  grown.set(array);
  return grown;
}
