// The promotion history as tags of a registered model, one an event. Where an alias came from follows from the events
// before, so that any number of writers keeps the history a chain; what was changed elsewhere, such as in MLflow's
// pages, is added when read.
import { randomUUID } from 'node:crypto';
import { CHAMPION } from '../core/model-reference.js';
import type { PromotionEvent } from '../core/registry.js';
import type { MlflowRegisteredModel } from './registered-models.js';

/** What is stored of an event. */
export interface AliasChange {
  readonly alias: string;
  /** Null where the alias was removed. */
  readonly to: number | null;
  readonly reason: string;
}

/** A tag to set. */
export interface EventTag {
  readonly key: string;
  readonly value: string;
}

/** First part of the keys that belong to this library; no tag of a user can start with it. */
export const OWN_TAGS = 'tabwright/';

const EVENTS = `${OWN_TAGS}event/`;
const OUTSIDE = 'changed outside of this registry';

let lastMs = 0;

/** The tag of a change that happens now. */
export function eventTag(change: AliasChange): EventTag {
  lastMs = Math.max(Date.now(), lastMs + 1);
  const key = `${EVENTS}${String(lastMs).padStart(15, '0')}-${randomUUID()}`;
  return { key, value: JSON.stringify({ at: new Date(lastMs).toISOString(), ...change }) };
}

/**
 * The tag of the first version's promotion: the same for everybody who notices that it is due, so that it is there
 * once.
 */
export function firstEventTag(version: number): EventTag {
  const { value } = eventTag({ alias: CHAMPION, to: version, reason: 'first version' });
  return { key: `${EVENTS}${'0'.repeat(15)}`, value };
}

/** Whether the model has a history. */
export function hasEvents({ tags }: MlflowRegisteredModel): boolean {
  return Object.keys(tags).some((key) => key.startsWith(EVENTS));
}

/** Alias changes, oldest first. */
export function readHistory({ tags, aliases, updatedAtMs }: MlflowRegisteredModel): PromotionEvent[] {
  const history: PromotionEvent[] = [];
  const now = new Map<string, number | null>();
  const add = (at: string, { alias, to, reason }: AliasChange): void => {
    history.push({ at, alias, from: now.get(alias) ?? null, to, reason });
    now.set(alias, to);
  };
  const stored = Object.entries(tags).filter(([key]) => key.startsWith(EVENTS));
  for (const [, value] of stored.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const event = readEvent(value);
    if (event !== undefined) add(event.at, event);
  }
  const at = new Date(updatedAtMs).toISOString();
  for (const alias of new Set([...now.keys(), ...aliases.keys()])) {
    const to = aliases.get(alias) ?? null;
    if (to !== (now.get(alias) ?? null)) add(at, { alias, to, reason: OUTSIDE });
  }
  return history;
}

/** Tags can be edited by hand: what is no event is left out. */
function readEvent(value: string): (AliasChange & { readonly at: string }) | undefined {
  try {
    const { at, alias, to, reason } = JSON.parse(value);
    const isEvent = !Number.isNaN(Date.parse(at)) && typeof alias === 'string' && typeof reason === 'string';
    return isEvent && (to === null || Number.isSafeInteger(to)) ? { at, alias, to, reason } : undefined;
  } catch {
    return undefined;
  }
}
