// The best test for a whole level of a symmetric tree: gains of all its leaves added up (as CatBoost grows oblivious trees).
import { type Engine, shareOf } from './engine.js';
import { writeNoCandidates } from './search-leaf.js';

/** Searches this thread's columns over the first `nLeaves` leaves of the level table. Gains are totals, the leaves' own not taken off. */
export function searchLevelColumns(
  { layout, growth, kernels, views }: Engine,
  thread: number,
  nLeaves: number,
  unitG: number,
  unitH: number,
): void {
  const { from, to } = shareOf(layout.nColumns, layout.nThreads, thread, 1);
  if (unitG === 0 || unitH === 0) {
    writeNoCandidates(views.f64, layout, 0, from, to);
    return;
  }
  kernels.searchLevel(
    layout.level,
    nLeaves,
    layout.nSlots * 1024,
    layout.columnBins,
    layout.allowed,
    from,
    to,
    growth.lambdaL1 / unitG,
    growth.lambdaL2 / unitH,
    (unitG * unitG) / unitH,
    layout.scratch + thread * layout.scratchBytes,
    layout.candidates,
  );
}
