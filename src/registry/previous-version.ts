import type { Registry } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';

/**
 * The version that an alias pointed at before the current one: each move back undoes one more promotion.
 * @throws MODEL_NOT_FOUND, also where there is no earlier version
 */
export async function previousVersion(registry: Registry, name: string, alias: string): Promise<number> {
  const existing = new Set((await registry.versions(name)).map(({ version }) => version));
  const promoted: number[] = [];
  for (const { alias: moved, to } of await registry.history(name)) {
    if (moved !== alias || to === null) continue;
    if (promoted.at(-2) === to) promoted.pop();
    else promoted.push(to);
  }
  const previous = promoted.slice(0, -1).findLast((version) => existing.has(version));
  if (previous === undefined) {
    throw new TabwrightError('MODEL_NOT_FOUND', `${name}@${alias} has no earlier version to go back to`);
  }
  return previous;
}
