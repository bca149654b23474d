// Reads MLflow's JSON answers, which are another program's: what must be there is checked once, where it enters.
import { remoteError } from './remote-fault.js';

/** A JSON object of an answer. */
export type Reply = Readonly<Record<string, unknown>>;

/** The object at a path of names. @throws SOURCE_FAILED where it is not there */
export function objectAt(reply: Reply, ...path: string[]): Reply {
  const found = at(reply, path);
  if (isReply(found)) return found;
  throw missing(path);
}

/** Text, or a number as text: 64-bit integers come as either. @throws SOURCE_FAILED where it is not there */
export function textAt(reply: Reply, ...path: string[]): string {
  const found = at(reply, path);
  if (typeof found === 'string') return found;
  if (typeof found === 'number') return String(found);
  throw missing(path);
}

/** Text that may be absent; empty counts as absent. */
export function optionalText(reply: Reply, name: string): string | undefined {
  const found = reply[name];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** A number, also one that is written as text. @throws SOURCE_FAILED where it is not there */
export function numberAt(reply: Reply, ...path: string[]): number {
  return Number(textAt(reply, ...path));
}

/** The objects of a list; MLflow leaves empty lists out. */
export function listAt(reply: Reply, name: string): readonly Reply[] {
  const found = reply[name];
  return Array.isArray(found) ? found.filter(isReply) : [];
}

/** A list of `{ key, value }` as an object. */
export function pairsAt(reply: Reply, name: string): Record<string, string> {
  return Object.fromEntries(listAt(reply, name).map((pair) => [textAt(pair, 'key'), String(pair.value ?? '')]));
}

function at(reply: Reply, path: readonly string[]): unknown {
  let found: unknown = reply;
  for (const name of path) found = isReply(found) ? found[name] : undefined;
  return found;
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function missing(path: readonly string[]): Error {
  return remoteError(`the answer has no ${path.join('.')}`, { isTransient: false });
}
