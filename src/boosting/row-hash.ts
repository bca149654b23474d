/** 32 random bits for a row: the finaliser of MurmurHash3 over row and seed, so that no result depends on which thread asks. */
export function rowHash(row: number, seed: number): number {
  let x = (Math.imul(row, 0x9e3779b1) + seed) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
