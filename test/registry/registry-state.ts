// All that a registry holds, as plain data without times: two registries with the same state answer every call the same.
import { isTabwrightError } from '../../src/core/is-tabwright-error.js';
import type { Registry } from '../../src/core/registry.js';

/** What {@link registryState} gives for one model. */
export interface HeldState {
  readonly versions: readonly unknown[];
  readonly history: readonly unknown[];
}

/** The models of a registry by name, with versions, files as text, tags, aliases and history. */
export async function registryState(registry: Registry): Promise<Record<string, HeldState>> {
  const state: Record<string, HeldState> = {};
  for (const name of await registry.list()) {
    const versions: unknown[] = [];
    for (const { createdAt: _, ...version } of await registry.versions(name)) {
      const files = await registry.read(name, version.version);
      versions.push({ ...version, files: [...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]) });
    }
    state[name] = { versions, history: (await registry.history(name)).map(({ at: _, ...event }) => event) };
  }
  return state;
}

/** What a call comes to: its value without times, or the code of its error. */
export async function outcomeOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return withoutTimes(await call());
  } catch (error) {
    if (isTabwrightError(error)) return error.code;
    throw error;
  }
}

function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (value instanceof Map) return [...value].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]);
  if (typeof value !== 'object' || value === null) return value;
  const { createdAt: _, at: __, ...rest } = value as Record<string, unknown>;
  return rest;
}
