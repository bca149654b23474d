// Where the rows of each leaf stand in each thread's share of the row list.
import type { Engine } from './engine.js';

/** First position in `rows` and number of rows of a leaf in a thread's share. */
export function leafRows({ views, layout }: Engine, thread: number, leaf: number): { start: number; count: number } {
  const place = layout.leafRows / 4 + (thread * layout.maxLeaves + leaf) * 2;
  return { start: views.i32[place] as number, count: views.i32[place + 1] as number };
}

/** Sets what {@link leafRows} reads. */
export function setLeafRows(
  { views, layout }: Engine,
  thread: number,
  leaf: number,
  start: number,
  count: number,
): void {
  const place = layout.leafRows / 4 + (thread * layout.maxLeaves + leaf) * 2;
  views.i32[place] = start;
  views.i32[place + 1] = count;
}
