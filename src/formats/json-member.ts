import type { Json } from '../core/json.js';

/** A member of nested objects of untrusted JSON, or undefined where a part of the way is absent. */
export function jsonMember(json: unknown, ...path: readonly string[]): Json | undefined {
  let at: unknown = json;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at as Json | undefined;
}
