// Names of models and aliases, and references to versions: the same rules for every registry, route and command.
import { TabwrightError } from './tabwright-error.js';
import { valueKind } from './value-kind.js';

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
  const parts = /^([^@/]*)(?:@(.*)|\/(\d+))?$/.exec(reference);
  if (parts === null) {
    throw new TabwrightError(
      'NAME_INVALID',
      `model reference must be name, name@alias or name/version, got ${shown(reference)}`,
    );
  }
  const [, name = '', alias, version] = parts;
  checkModelName(name);
  if (version !== undefined) return { name, version: Number(version) };
  if (alias !== undefined) checkAlias(alias);
  return { name, alias: alias ?? CHAMPION };
}

/** True for a name that {@link checkModelName} lets pass. */
export function isModelName(name: string): boolean {
  return NAME.test(name) && !ROUTE_WORDS.has(name);
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

/**
 * @throws NAME_INVALID for a tag's name that breaks the rules of model names
 * @throws OPTION_INVALID for a value that is no string
 */
export function checkTags(tags: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(tags)) {
    if (!NAME.test(name)) {
      throw new TabwrightError(
        'NAME_INVALID',
        `tag name must be 1 to 128 letters, digits, ".", "_" or "-", starting with a letter or digit, got ${shown(name)}`,
      );
    }
    if (typeof value !== 'string') {
      throw new TabwrightError('OPTION_INVALID', `tag ${name} must be a string, got ${valueKind(value)}`);
    }
  }
}

/** @throws OPTION_INVALID for a reason that is no string: it would be stored, and never read again */
export function checkReason(reason: unknown): void {
  if (typeof reason === 'string') return;
  throw new TabwrightError(
    'OPTION_INVALID',
    `the reason of an alias change must be a string, got ${valueKind(reason)}`,
  );
}

function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
