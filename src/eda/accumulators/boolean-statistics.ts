import type { BooleanStatistics } from '../column-profile-types.js';

/** Statistics of two values, the later one (1, true, yes) standing for true. */
export function booleanStatistics(
  values: readonly (readonly [number | string | boolean, number])[],
): BooleanStatistics {
  const sorted = [...values].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1));
  const [falseValue, nFalse] = sorted[0] ?? ['false', 0];
  const [trueValue, nTrue] = sorted[1] ?? ['true', 0];
  return {
    nTrue,
    nFalse,
    shareTrue: nTrue + nFalse === 0 ? 0 : nTrue / (nTrue + nFalse),
    trueValue: String(trueValue),
    falseValue: String(falseValue),
  };
}

function rank(value: number | string | boolean): string {
  return String(value).toLowerCase();
}
