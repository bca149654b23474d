import type { LearnedLevels } from './learn-levels.js';

/** The levels in at least so many rows, at most so many of them, in their own order; of equally frequent ones the first win. */
export function frequentLevels(
  { levels, counts }: LearnedLevels,
  { minFrequency, maxLevels }: { readonly minFrequency: number; readonly maxLevels: number | undefined },
): readonly string[] {
  const countAt = (position: number): number => counts[position] as number;
  const frequent = [...levels.keys()].filter((position) => countAt(position) >= minFrequency);
  if (maxLevels === undefined || frequent.length <= maxLevels)
    return frequent.map((position) => levels[position] as string);
  const most = frequent.sort((a, b) => countAt(b) - countAt(a) || a - b).slice(0, maxLevels);
  return most.sort((a, b) => a - b).map((position) => levels[position] as string);
}
