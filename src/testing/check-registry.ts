// The promises of a model registry, as a suite that any implementation can run: `await checkRegistry(() => myRegistry())`.
import type { Registry } from '../core/registry.js';
import { keepPromises } from './promises.js';
import { aliasPromises } from './registry-alias-promises.js';
import { refusalPromises } from './registry-refusal-promises.js';
import { versionPromises } from './registry-version-promises.js';

/**
 * Checks the promises of {@link Registry}: numbering, champion, references, files, aliases, tags, history, deletion, names,
 * refusals and parallel calls.
 * @param make A registry that may hold other models already; called once a promise, each of which uses new names.
 * @throws AggregateError that lists every promise that does not hold
 */
export async function checkRegistry(make: () => Registry | Promise<Registry>): Promise<void> {
  const promises = { ...versionPromises, ...aliasPromises, ...refusalPromises };
  await keepPromises('checkRegistry', promises, make);
}
