// Names of models and aliases, and references to versions: the same rules for every registry, route and command.
import { TabwrightError } from './tabwright-error.js';

/** A reference taken apart; without a version it is an alias. */
export type ModelReference =
  | { readonly name: string; readonly alias: string }
  | { readonly name: string; readonly version: number };

/** The alias that a bare model name stands for. */
export const CHAMPION = 'champion';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const ROUTE_WORDS = new Set(['batch', 'health', 'metrics', 'docs', 'admin', 'predict', 'explain', 'feedback', 'v2']);

/**
 * Takes `name`, `name@alias` or `name/3` apart.
 * @throws NAME_INVALID
 */
export function parseModelReference(reference: string): ModelReference {
  const [, name = '', alias, version] = /^([^@/]*)(?:@(.*)|\/(\d+))?$/.exec(reference) ?? [];
  checkModelName(name);
  if (version !== undefined) return { name, version: Number(version) };
  if (alias !== undefined) checkAlias(alias);
  return { name, alias: alias ?? CHAMPION };
}

/** @throws NAME_INVALID for a name that is empty, too long, not file- and URL-safe, or a word of the routes */
export function checkModelName(name: string): void {
  if (!NAME.test(name)) {
    throw new TabwrightError(
      'NAME_INVALID',
      `model name must be 1 to 128 letters, digits, ".", "_" or "-", starting with a letter or digit, got ${shown(name)}`,
    );
  }
  if (ROUTE_WORDS.has(name)) {
    throw new TabwrightError('NAME_INVALID', `model name must not be a word of the routes, got ${shown(name)}`);
  }
}

/** @throws NAME_INVALID; `latest` and `v1` are reserved, as they are in MLflow */
export function checkAlias(alias: string): void {
  if (NAME.test(alias) && alias !== 'latest' && !/^v?\d+$/.test(alias)) return;
  throw new TabwrightError(
    'NAME_INVALID',
    `alias must be 1 to 128 letters, digits, ".", "_" or "-", not "latest" nor a number, got ${shown(alias)}`,
  );
}

function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
