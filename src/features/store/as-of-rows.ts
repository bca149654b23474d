// An ASOF join of moments with stored rows: for each the latest stored row that is not after it.
import { entityIndex } from '../entity-index.js';
import type { Moments } from '../label-moments.js';
import { timeOrder } from '../time-order.js';

/**
 * Int32Array [nAsked] of positions in the stored rows; -1 where there is none with asked time - maxAgeMs <= its time <= asked
 * time. A row as of a time holds only what happened before, so one at the asked time itself may count.
 * @throws COLUMN_INVALID where entities are strings here and numbers there
 */
export function asOfRows(stored: Moments, asked: Moments, maxAgeMs: number, entity: string): Int32Array {
  const index = entityIndex(stored.entities, `view: ${entity}`);
  const rows = timeOrder(index.codes, index.size, stored.epochMs);
  const labels = timeOrder(index.lookup(asked.entities, `labels: ${entity}`), index.size, asked.epochMs);
  const found = new Int32Array(asked.epochMs.length).fill(-1);
  for (let code = 0; code < index.size; code++) {
    let next = rows.starts[code] as number;
    const first = next;
    const end = rows.starts[code + 1] as number;
    for (let label = labels.starts[code] as number; label < (labels.starts[code + 1] as number); label++) {
      const at = labels.times[label] as number;
      while (next < end && (rows.times[next] as number) <= at) next++;
      if (next === first || (rows.times[next - 1] as number) < at - maxAgeMs) continue;
      found[labels.rows[label] as number] = rows.rows[next - 1] as number;
    }
  }
  return found;
}
