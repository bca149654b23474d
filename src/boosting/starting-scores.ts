import { timeSlice } from '../core/time-slice.js';
import type { BoosterRequest } from './booster-request.js';
import { scoresOf } from './engine.js';
import type { MemoryLayout } from './memory-layout.js';
import { scoreRow } from './scoring/score-row.js';

/** Writes the scores that boosting starts from: the base, or those of the trees it goes on from, added in their order. */
export async function startingScores(
  buffer: ArrayBufferLike,
  layout: MemoryLayout,
  { train, held, startFrom, signal }: BoosterRequest,
  base: Float64Array,
): Promise<void> {
  const scores = Array.from(base, (_, k) => new Float64Array(buffer, scoresOf(layout, k), layout.nAllRows));
  scores.forEach((score, k) => {
    score.fill(base[k] as number);
  });
  if (startFrom === undefined) return;
  const slice = timeSlice(signal);
  const row = new Float64Array(train.features.features.length);
  const out = new Float64Array(base.length);
  let offset = 0;
  for (const { features } of held === undefined ? [train] : [train, held]) {
    for (let i = 0; i < features.nRows; i++) {
      if ((i & 255) === 0 && slice.due()) await slice.pause();
      features.columns.forEach((column, f) => {
        row[f] = column[i] as number;
      });
      scoreRow(startFrom.ensemble, row, out);
      scores.forEach((score, k) => {
        score[offset + i] = out[k] as number;
      });
    }
    offset += features.nRows;
  }
}
