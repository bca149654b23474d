/**
 * P-values adjusted so that those under a level hold at most that share of false discoveries, by the step-up procedure of Benjamini and
 * Hochberg, "Controlling the false discovery rate" (1995).
 * @param pValues [n], in any order, each in [0, 1]
 * @returns [n], in the same order
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  for (const [i, at] of order.entries()) {
    smallest = Math.min(smallest, ((pValues[at] as number) * pValues.length) / (pValues.length - i));
    adjusted[at] = smallest;
  }
  return adjusted;
}
