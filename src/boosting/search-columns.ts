// The best split of a leaf by each of a thread's columns.
import { type Engine, shareOf } from './engine.js';
import { isPlainGain } from './growth-parameters.js';
import { searchThreshold, searchThresholdConstrained } from './numeric-search.js';
import { type Candidate, readSearchLeaf, writeCandidate } from './search-leaf.js';
import { searchSubset } from './subset-search.js';

/** Searches leaf `which` (0 or 1) of those written for the threads. */
export function searchColumns(engine: Engine, thread: number, which: number): void {
  const { layout, plans, growth, views } = engine;
  const leaf = readSearchLeaf(views.f64, layout, which);
  const scratch = layout.scratch + thread * layout.scratchBytes;
  const isPlain = isPlainGain(growth) && !growth.extraTrees;
  const best: Candidate = { gain: 0, bin: 0, missingLeft: false, leftG: 0, leftH: 0 };
  const { from, to } = shareOf(layout.nColumns, layout.nThreads, thread, 1);
  for (let column = from; column < to; column++) {
    const plan = plans[column];
    const isAllowed = views.u8[layout.allowed + which * layout.nColumns + column] === 1;
    best.gain = Number.NEGATIVE_INFINITY;
    if (plan !== undefined && isAllowed && leaf.sumH > 0) {
      const g = leaf.histogram / 4 + column * 256;
      const histogram = { i32: views.i32, g, h: g + layout.nSlots * 256 };
      if (plan.kind === 'subset') {
        const bins = layout.candidateBins + (which * layout.nColumns + column) * 256;
        searchSubset(histogram, plan, leaf, growth, best, views.u8.subarray(bins, bins + 256));
      } else if (isPlain) searchThreshold(engine, histogram, plan, leaf, growth, scratch, best);
      else {
        const monotone = growth.monotone[column] ?? 0;
        searchThresholdConstrained(histogram, plan, leaf, growth, monotone, column, best);
      }
    }
    writeCandidate(views.f64, layout, which, column, best);
  }
}
