// The best test for a whole level of a symmetric tree: gains of all its leaves added up (as CatBoost grows oblivious trees).
import { type Engine, shareOf } from './engine.js';
import { leafGain } from './leaf-output.js';
import { type Candidate, writeCandidate } from './search-leaf.js';

/** Searches this thread's columns over the first `nLeaves` leaves of the level table. Gains are totals, the leaves' own not taken off. */
export function searchLevelColumns(
  engine: Engine,
  thread: number,
  nLeaves: number,
  unitG: number,
  unitH: number,
): void {
  const { layout, plans, views } = engine;
  const gains = [new Float64Array(256), new Float64Array(256)] as const;
  const { from, to } = shareOf(layout.nColumns, layout.nThreads, thread, 1);
  for (let column = from; column < to; column++) {
    const best: Candidate = { gain: Number.NEGATIVE_INFINITY, bin: 0, missingLeft: false, leftG: 0, leftH: 0 };
    const nBins = plans[column]?.nBins ?? 0;
    if (views.u8[layout.allowed + column] === 1 && nBins > 1) {
      for (const side of [0, 1] as const) {
        addGains(engine, column, nBins, nLeaves, side === 1, unitG, unitH, gains[side]);
        takeBest(gains[side], plans[column]?.hasMissing === true, nBins, side === 1, best);
      }
    }
    writeCandidate(views.f64, layout, 0, column, best);
  }
}

function addGains(
  { layout, views: { i32, f64 }, growth }: Engine,
  column: number,
  nBins: number,
  nLeaves: number,
  missingLeft: boolean,
  unitG: number,
  unitH: number,
  gains: Float64Array,
): void {
  gains.fill(0);
  for (let leaf = 0; leaf < nLeaves; leaf++) {
    const entry = layout.level / 8 + leaf * 3;
    const g = (f64[entry] as number) / 4 + column * 256;
    const h = g + layout.nSlots * 256;
    const sumG = f64[entry + 1] as number;
    const sumH = f64[entry + 2] as number;
    if (sumH <= 0) continue;
    let leftG = missingLeft ? (i32[g] as number) : 0;
    let leftH = missingLeft ? (i32[h] as number) : 0;
    for (let bin = 1; bin < nBins; bin++) {
      leftG += i32[g + bin] as number;
      leftH += i32[h + bin] as number;
      gains[bin] =
        (gains[bin] as number) +
        leafGain(leftG * unitG, leftH * unitH, growth.lambdaL1, growth.lambdaL2) +
        leafGain((sumG - leftG) * unitG, (sumH - leftH) * unitH, growth.lambdaL1, growth.lambdaL2);
    }
  }
}

function takeBest(
  gains: Float64Array,
  hasMissing: boolean,
  nBins: number,
  missingLeft: boolean,
  best: Candidate,
): void {
  if (missingLeft && !hasMissing) return;
  const last = hasMissing && !missingLeft ? nBins - 1 : nBins - 2;
  for (let bin = 1; bin <= last; bin++) {
    const gain = gains[bin] as number;
    if (gain > best.gain) Object.assign(best, { gain, bin, missingLeft });
  }
}
