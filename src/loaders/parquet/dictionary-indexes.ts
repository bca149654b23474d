import { type ByteRange, readHybridRuns } from './hybrid-runs.js';
import { malformed } from './malformed.js';

let room = new Int32Array(0);

/**
 * The positions of a page's values in the dictionary of its chunk, Int32Array with at least `count` places; valid until the next
 * call.
 * @throws PARQUET_MALFORMED, also for positions past the dictionary
 */
export function dictionaryIndexes({ bytes, start, end }: ByteRange, count: number, size: number): Int32Array {
  if (room.length < count) room = new Int32Array(count);
  if (count === 0) return room;
  if (start >= end) throw malformed('a page has fewer values than it says');
  readHybridRuns({ bytes, start: start + 1, end }, bytes[start] as number, room, count);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const index = (room[i] as number) >>> 0;
    if (index > largest) largest = index;
  }
  if (largest >= size) throw malformed('a page refers to a value that its dictionary does not have');
  return room;
}
