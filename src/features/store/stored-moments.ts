// The entities and times of stored rows, and which of those asked for are new among them.
import { concatColumns } from '../../table/concat-columns.js';
import { entityIndex } from '../entity-index.js';
import { type Moments, pickMoments } from '../label-moments.js';
import { timeOrder } from '../time-order.js';
import type { StoredEntities } from './source-fingerprint.js';

/** Both, one after the other. @throws COLUMN_INVALID where entities are strings here and numbers there */
export function joinMoments(first: Moments | undefined, second: Moments, entity: string): Moments {
  if (first === undefined) return second;
  const epochMs = new Float64Array(first.epochMs.length + second.epochMs.length);
  epochMs.set(first.epochMs);
  epochMs.set(second.epochMs, first.epochMs.length);
  return { entities: concatColumns([first.entities, second.entities], entity), epochMs };
}

/** The moments that are not stored yet, each once, in their order. */
export function newMoments(stored: Moments | undefined, asked: Moments, entity: string): Moments {
  const all = joinMoments(stored, asked, entity);
  const { codes, size } = entityIndex(all.entities, `view: ${entity}`);
  const { starts, rows, times } = timeOrder(codes, size, all.epochMs);
  const repeated = new Uint8Array(rows.length);
  for (let code = 0; code < size; code++) {
    const end = starts[code + 1] as number;
    for (let i = (starts[code] as number) + 1; i < end; i++) {
      if (times[i] === times[i - 1]) repeated[rows[i] as number] = 1;
    }
  }
  const nStored = all.epochMs.length - asked.epochMs.length;
  return pickMoments(asked, (row) => repeated[nStored + row] === 0);
}

/** Each entity of the moments, with its latest time. */
export function storedEntities({ entities, epochMs }: Moments, entity: string): StoredEntities {
  const index = entityIndex(entities, `view: ${entity}`);
  const lastMs = new Float64Array(index.size).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < epochMs.length; row++) {
    const code = index.codes[row] as number;
    lastMs[code] = Math.max(lastMs[code] as number, epochMs[row] as number);
  }
  return { index, lastMs };
}
