// A registry in a directory: every change is staged, flushed and published by one rename, so that neither a kill nor another
// process leaves half of it, and there is no lock to go stale. docs/registry.md has the layout and the reasoning.
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkBundlePaths, MANIFEST_PATH } from '../core/bundle-path.js';
import {
  checkAlias,
  checkModelName,
  checkReason,
  checkTags,
  isModelName,
  parseModelReference,
} from '../core/model-reference.js';
import { nearestName } from '../core/nearest-name.js';
import { listNumbers } from '../core/numbered-directories.js';
import { type OptionsInput, optionsTable } from '../core/options-table.js';
import type { BundleFiles, ModelVersion, PromotionEvent, PutOptions, Registry } from '../core/registry.js';
import { resolveOptions } from '../core/resolve-options.js';
import { SerialQueue } from '../core/serial-queue.js';
import { withStaging } from '../core/staging.js';
import { storageError, systemCode } from '../core/storage-error.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { type ModelDirectory, modelDirectory } from './model-directory.js';
import { type ModelState, NEW_MODEL } from './model-event.js';
import { addEvent, type Decide, readEvents, readState } from './model-history.js';
import { storeVersion } from './store-version.js';
import { checkVersion, describeVersion, readVersion } from './stored-version.js';
import { writeTag } from './version-tags.js';

/** Options of {@link fileRegistry}. */
export const fileRegistryOptions = optionsTable('fileRegistry', {
  busyTimeoutMs: {
    type: 'integer',
    min: 0,
    default: 10_000,
    doc: 'How long a change is tried again while other processes change the same model, in milliseconds.',
  },
});

/** What {@link fileRegistry} takes beside the directory. */
export type FileRegistryOptions = OptionsInput<typeof fileRegistryOptions>;

/**
 * A registry in a directory, which is made by the first `put`. Any number of processes may use it at once.
 * @param directory Path of the registry; relative to the working directory at the time of this call.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const registry = fileRegistry('./models');
 * const { version } = await registry.put('adult', new Map([['model.txt', new TextEncoder().encode('…')]]));
 */
export function fileRegistry(directory: string, options?: FileRegistryOptions): Registry {
  if (directory === '') throw new TabwrightError('OPTION_INVALID', 'fileRegistry: directory must not be empty');
  const { busyTimeoutMs } = resolveOptions(fileRegistryOptions, options);
  return new FileRegistry(resolve(directory), busyTimeoutMs);
}

class FileRegistry implements Registry {
  private readonly root: string;
  private readonly busyTimeoutMs: number;
  private readonly queue = new SerialQueue();

  constructor(root: string, busyTimeoutMs: number) {
    this.root = root;
    this.busyTimeoutMs = busyTimeoutMs;
  }

  async put(name: string, files: BundleFiles, { tags = {} }: PutOptions = {}): Promise<ModelVersion> {
    const model = this.model(name);
    checkBundlePaths(files);
    checkTags(tags);
    return withStaging(this.root, (stage) => storeVersion(model, stage, this.busyTimeoutMs, { files, tags }));
  }

  async get(reference: string): Promise<ModelVersion> {
    const parsed = parseModelReference(reference);
    const model = this.model(parsed.name);
    const state = await this.state(model);
    const version = 'version' in parsed ? parsed.version : aliasTarget(model, parsed.alias, state);
    await checkVersion(model, version, state);
    return describeVersion(model, version, state);
  }

  async read(name: string, version: number): Promise<BundleFiles> {
    const model = this.model(name);
    await checkVersion(model, version, await this.state(model));
    try {
      return await readVersion(model, version);
    } catch (error) {
      // Files that vanished because somebody deleted the version meanwhile are no damage.
      await checkVersion(model, version, await this.state(model));
      throw error;
    }
  }

  async list(): Promise<readonly string[]> {
    const models: string[] = [];
    for (const name of await listDirectories(this.root)) {
      const { nEvents } = isModelName(name) ? await readState(modelDirectory(this.root, name)) : NEW_MODEL;
      if (nEvents > 0) models.push(name);
    }
    return models.sort();
  }

  async versions(name: string): Promise<readonly ModelVersion[]> {
    const model = this.model(name);
    const numbers = (await listNumbers(model.versions)) ?? [];
    const state = await this.state(model);
    const versions: ModelVersion[] = [];
    for (const version of numbers) {
      if (!state.deleted.has(version)) versions.push(await describeVersion(model, version, state));
    }
    return versions;
  }

  async setAlias(name: string, alias: string, version: number, reason = ''): Promise<void> {
    checkAlias(alias);
    checkReason(reason);
    const model = this.model(name);
    await this.change(model, async (state) => {
      await checkVersion(model, version, state);
      return { alias, from: state.aliases.get(alias) ?? null, to: version, reason };
    });
  }

  async deleteAlias(name: string, alias: string, reason = ''): Promise<void> {
    checkAlias(alias);
    checkReason(reason);
    await this.change(this.model(name), async ({ aliases }) => {
      const from = aliases.get(alias);
      return from === undefined ? undefined : { alias, from, to: null, reason };
    });
  }

  async setTag(name: string, version: number, key: string, value: string): Promise<void> {
    checkTags({ [key]: value });
    const model = this.model(name);
    await checkVersion(model, version, await this.state(model));
    await withStaging(this.root, (stage) => writeTag(model.tags(version), stage, key, value));
  }

  async history(name: string): Promise<readonly PromotionEvent[]> {
    const model = this.model(name);
    await this.state(model);
    const events = await readEvents(model);
    return events.flatMap(({ at, change }) => ('alias' in change ? [{ at, ...change }] : []));
  }

  async delete(name: string, version: number): Promise<void> {
    const model = this.model(name);
    const { deleted } = await this.change(model, async (state) => {
      await checkVersion(model, version, state);
      checkNoAlias(name, version, state);
      return { deletedVersion: version };
    });
    for (const number of deleted) await removeFiles(model.version(number));
  }

  private model(name: string): ModelDirectory {
    checkModelName(name);
    return modelDirectory(this.root, name);
  }

  private async state(model: ModelDirectory): Promise<ModelState> {
    const state = await readState(model);
    if (state.nEvents > 0) return state;
    throw new TabwrightError(
      'MODEL_NOT_FOUND',
      `there is no model ${model.name}${hint(model.name, await this.list())}`,
    );
  }

  private async change(model: ModelDirectory, decide: Decide): Promise<ModelState> {
    await this.state(model);
    return this.queue.run(model.name, () =>
      withStaging(this.root, (stage) => addEvent(model, stage, this.busyTimeoutMs, decide)),
    );
  }
}

async function listDirectories(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw storageError(`cannot list ${root}`, error);
  }
}

function aliasTarget({ name }: ModelDirectory, alias: string, { aliases }: ModelState): number {
  const version = aliases.get(alias);
  if (version !== undefined) return version;
  throw new TabwrightError('MODEL_NOT_FOUND', `model ${name} has no alias ${alias}${hint(alias, aliases.keys())}`);
}

function hint(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

function checkNoAlias(name: string, version: number, { aliases }: ModelState): void {
  for (const [alias, target] of aliases) {
    if (target !== version) continue;
    throw new TabwrightError('VERSION_CONFLICT', `${name}/${version} cannot be deleted: ${alias} points at it`);
  }
}

/**
 * Frees the space of a deleted version. Its manifest stays, so that the number stays taken; what cannot be removed now is
 * tried again at the next deletion.
 */
async function removeFiles(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    if (name === MANIFEST_PATH) continue;
    await rm(join(directory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
