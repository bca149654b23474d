import { extent } from 'd3-array';

/** Smallest and largest number of all columns, as an axis needs them: apart by 1 where they are equal, 0 to 1 where there is none. */
export function extentOf(columns: readonly ArrayLike<number>[]): [number, number] {
  const ends = columns.flatMap((column) => extent(Array.from(column).filter(Number.isFinite)));
  const [low, high] = extent(ends.filter((end) => end !== undefined));
  if (low === undefined || high === undefined) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
