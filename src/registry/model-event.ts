// One change of a model's aliases, or the removal of a version, with the state after it, as one line of JSON.
import type { PromotionEvent } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** What holds after an event. */
export interface ModelState {
  /** How many events there were. */
  readonly nEvents: number;
  /** Version by alias. */
  readonly aliases: ReadonlyMap<string, number>;
  readonly deleted: ReadonlySet<number>;
}

/** What happened: an alias moved, or a version was removed. */
export type Change = Omit<PromotionEvent, 'at'> | { readonly deletedVersion: number };

/** A stored event. */
export interface ModelEvent {
  readonly at: string;
  readonly change: Change;
  readonly state: ModelState;
}

/** The state before the first event. */
export const NEW_MODEL: ModelState = { nEvents: 0, aliases: new Map(), deleted: new Set() };

/** The event that takes a model from `state` to the next one. */
export function nextEvent(state: ModelState, change: Change): ModelEvent {
  const aliases = new Map(state.aliases);
  const deleted = new Set(state.deleted);
  if ('deletedVersion' in change) deleted.add(change.deletedVersion);
  else if (change.to === null) aliases.delete(change.alias);
  else aliases.set(change.alias, change.to);
  return { at: new Date().toISOString(), change, state: { nEvents: state.nEvents + 1, aliases, deleted } };
}

/** The text of event.json. */
export function writeEvent({ at, change, state }: ModelEvent): string {
  const after = { aliases: Object.fromEntries(state.aliases), deleted: [...state.deleted] };
  return `${JSON.stringify({ at, ...change, ...after })}\n`;
}

/**
 * Reads event.json, which may be cut off or altered.
 * @param what The event in messages: "adult/history/000002/event.json".
 * @throws BUNDLE_INVALID
 */
export function readEvent(text: string, nEvents: number, what: string): ModelEvent {
  try {
    const { at, aliases, deleted, ...change } = JSON.parse(text);
    if (typeof at !== 'string' || !isChange(change) || !isAliases(aliases) || !isVersions(deleted)) throw new Error();
    return { at, change, state: { nEvents, aliases: new Map(Object.entries(aliases)), deleted: new Set(deleted) } };
  } catch (cause) {
    throw new TabwrightError('BUNDLE_INVALID', `${what} is cut off or altered (${text.length} characters)`, { cause });
  }
}

function isChange(change: Record<string, unknown>): change is Change & Record<string, unknown> {
  if ('deletedVersion' in change) return Number.isSafeInteger(change.deletedVersion);
  const { alias, from, to, reason } = change;
  return typeof alias === 'string' && typeof reason === 'string' && [from, to].every(isVersionOrNull);
}

function isAliases(value: unknown): value is Record<string, number> {
  return typeof value === 'object' && value !== null && Object.values(value).every(Number.isSafeInteger);
}

function isVersions(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(Number.isSafeInteger);
}

function isVersionOrNull(value: unknown): boolean {
  return value === null || Number.isSafeInteger(value);
}
