// The events of a model: numbered directories, one an event, each with the state after it. The aliases are those of the
// last event, so aliases and history cannot disagree; a change is published by taking the next number, so none is lost.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDirectory } from '../core/durable-files.js';
import { listNumbers, publishDirectory } from '../core/numbered-directories.js';
import { readStored } from '../core/read-stored.js';
import { takeTurn } from '../core/take-turn.js';
import { EVENT_FILE, type ModelDirectory } from './model-directory.js';
import {
  type Change,
  type ModelEvent,
  type ModelState,
  NEW_MODEL,
  nextEvent,
  readEvent,
  writeEvent,
} from './model-event.js';

/** Finds the change that a state allows; undefined means there is nothing to do. Throws where it is not allowed. */
export type Decide = (state: ModelState) => Promise<Change | undefined>;

/**
 * The state of a model now; no events mean that there is no such model.
 * @throws BUNDLE_INVALID, STORAGE_FAILED
 */
export async function readState(model: ModelDirectory): Promise<ModelState> {
  const last = (await listNumbers(model.history))?.at(-1);
  return last === undefined ? NEW_MODEL : (await readStoredEvent(model, last)).state;
}

/**
 * Every event of a model, oldest first; none where there is no such model.
 * @throws BUNDLE_INVALID, STORAGE_FAILED
 */
export async function readEvents(model: ModelDirectory): Promise<readonly ModelEvent[]> {
  const events: ModelEvent[] = [];
  for (const number of (await listNumbers(model.history)) ?? []) events.push(await readStoredEvent(model, number));
  return events;
}

/**
 * Adds an event. `decide` sees the state that the event follows, and is asked again where another process was first.
 * @param stage A directory of the caller's own, on the disk of the model.
 * @throws REGISTRY_BUSY, STORAGE_FULL, STORAGE_FAILED and those of `decide`; nothing is changed then
 */
export async function addEvent(
  model: ModelDirectory,
  stage: string,
  busyTimeoutMs: number,
  decide: Decide,
): Promise<ModelState> {
  let attempts = 0;
  return takeTurn(model.name, busyTimeoutMs, async () => {
    const state = await readState(model);
    const change = await decide(state);
    if (change === undefined) return state;
    const event = nextEvent(state, change);
    const staged = join(stage, String(attempts++));
    await createDirectory(staged, new Map([[EVENT_FILE, writeEvent(event)]]));
    return (await publishDirectory(staged, model.event(event.state.nEvents))) ? event.state : undefined;
  });
}

async function readStoredEvent(model: ModelDirectory, number: number): Promise<ModelEvent> {
  const path = join(model.event(number), EVENT_FILE);
  return readEvent(await readStored(path, () => readFile(path, 'utf8')), number, path);
}
