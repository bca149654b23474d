// Slides each entity's window over its events once, for all of its labels in order of time.
import type { TimeSlice } from '../core/time-slice.js';
import type { TimeOrder } from './time-order.js';

/** An aggregate of the events in a window; events are positions in their time order. */
export interface WindowAggregate {
  /** The next event enters. */
  add(event: number): void;
  /** The oldest event leaves. */
  remove(event: number): void;
  /** Notes the aggregate for a label row; the window holds the events from `first` up to and without `end`. */
  write(label: number, first: number, end: number): void;
}

/** Asking for the time more often would cost more than the work between. */
const ENTITIES_A_LOOK = 256;

/**
 * Gives the aggregate the window of every label: events with label time - windowMs <= time < label time.
 * @param windowMs Infinity for all of the past
 */
export async function sweepWindows(
  events: TimeOrder,
  labels: TimeOrder,
  windowMs: number,
  aggregate: WindowAggregate,
  slice: TimeSlice,
): Promise<void> {
  const nEntities = labels.starts.length - 1;
  for (let entity = 0; entity < nEntities; entity++) {
    if (entity % ENTITIES_A_LOOK === 0 && slice.due()) await slice.pause();
    sweepEntity(events, labels, entity, windowMs, aggregate);
  }
}

function sweepEntity(
  events: TimeOrder,
  labels: TimeOrder,
  entity: number,
  windowMs: number,
  aggregate: WindowAggregate,
): void {
  const { times } = events;
  const lastEvent = events.starts[entity + 1] as number;
  const lastLabel = labels.starts[entity + 1] as number;
  let first = events.starts[entity] as number;
  let end = first;
  for (let label = labels.starts[entity] as number; label < lastLabel; label++) {
    const at = labels.times[label] as number;
    const start = at - windowMs;
    for (; first < end && (times[first] as number) < start; first++) aggregate.remove(first);
    if (first === end) {
      // Events that the window has passed by need not enter.
      while (end < lastEvent && (times[end] as number) < start) end++;
      first = end;
    }
    for (; end < lastEvent && (times[end] as number) < at; end++) aggregate.add(end);
    aggregate.write(labels.rows[label] as number, first, end);
  }
  for (; first < end; first++) aggregate.remove(first);
}
