const MULTIPLIER = 0x4906ba494954cb65n;
const MASK = 0xffff_ffff_ffff_ffffn;

/** The key of one category in CatBoost's tables, an unsigned 64-bit number in decimal, from its signed 32-bit hash. */
export function categoryKey(hash: number): string {
  return ((MULTIPLIER * ((MULTIPLIER * (BigInt(hash) & MASK)) & MASK)) & MASK).toString();
}
