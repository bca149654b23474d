// The registry contract over MLflow's model registry. A version is visible once it is complete: its files go into a
// logged model that stays pending until the last one is there, and the version is made after that, by one request.
import { randomUUID } from 'node:crypto';
import { checkBundlePaths } from '../core/bundle-path.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import {
  checkAlias,
  checkModelName,
  checkReason,
  checkTags,
  isModelName,
  parseModelReference,
} from '../core/model-reference.js';
import { nearestName } from '../core/nearest-name.js';
import type { BundleFiles, ModelVersion, PromotionEvent, PutOptions, Registry } from '../core/registry.js';
import { SerialQueue } from '../core/serial-queue.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { MlflowConnectionOptions } from './connection-options.js';
import { keep, undelivered } from './kept-item.js';
import { type MlflowClient, mlflowClient } from './mlflow-client.js';
import type { MlflowModelVersion } from './model-versions.js';
import { type PendingVersion, promoteFirst, storeVersion } from './pending-version.js';
import { type AliasChange, eventTag, hasEvents, OWN_TAGS, readHistory } from './promotion-tags.js';
import type { MlflowRegisteredModel } from './registered-models.js';
import { orMissing } from './remote-fault.js';
import { DEFAULT_SPOOL } from './spool.js';
import { loadFiles } from './stored-files.js';

/** Options of {@link mlflowRegistry}. */
export interface MlflowRegistryOptions extends MlflowConnectionOptions {
  /** Experiment of the logged models that no run made; the model's name where absent. */
  readonly experiment?: string | undefined;
  /** Folder for models that the server could not take; `./mlflow-spool` where absent. */
  readonly spool?: string | undefined;
}

/** Databases keep versions as 32-bit integers. */
const MAX_VERSION = 2 ** 31 - 1;
const MAX_REASON = 4000;

/**
 * A registry on an MLflow server. Versions that Python registered are there too. Any number of processes may use it
 * at once.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const registry = mlflowRegistry({ uri: 'http://127.0.0.1:5000' });
 */
export function mlflowRegistry({
  experiment,
  spool = DEFAULT_SPOOL,
  ...connection
}: MlflowRegistryOptions = {}): Registry {
  return new MlflowRegistry(mlflowClient(connection), experiment, spool);
}

class MlflowRegistry implements Registry {
  private readonly client: MlflowClient;
  private readonly experiment: string | undefined;
  private readonly spool: string;
  private readonly queue = new SerialQueue();

  constructor(client: MlflowClient, experiment: string | undefined, spool: string) {
    this.client = client;
    this.experiment = experiment;
    this.spool = spool;
  }

  async put(name: string, files: BundleFiles, { tags = {}, runId }: PutOptions = {}): Promise<ModelVersion> {
    checkModelName(name);
    checkBundlePaths(files);
    checkTags(tags);
    const experiment = this.experiment ?? name;
    const pending: PendingVersion = { id: randomUUID().replaceAll('-', ''), name, files, tags, experiment, runId };
    const made = await this.store(pending);
    return describe(await this.client.modelVersions.get(name, made.version));
  }

  async get(reference: string): Promise<ModelVersion> {
    const parsed = parseModelReference(reference);
    if ('version' in parsed) return describe(await this.version(parsed.name, parsed.version));
    const { aliases } = await this.model(parsed.name);
    const version = aliases.get(parsed.alias);
    if (version !== undefined) return describe(await this.version(parsed.name, version));
    throw new TabwrightError(
      'MODEL_NOT_FOUND',
      `model ${parsed.name} has no alias ${parsed.alias}${hint(parsed.alias, aliases.keys())}`,
    );
  }

  async read(name: string, version: number): Promise<BundleFiles> {
    checkModelName(name);
    await this.version(name, version);
    const root = await this.client.modelVersions.artifactRoot(name, version);
    return loadFiles(this.client.artifacts, root, `${name}/${version}`);
  }

  async list(): Promise<readonly string[]> {
    const models = await this.client.registeredModels.search();
    return models
      .filter(isVisible)
      .map(({ name }) => name)
      .filter(isModelName)
      .sort();
  }

  async versions(name: string): Promise<readonly ModelVersion[]> {
    const { aliases } = await this.model(name);
    const versions = await this.client.modelVersions.list(name);
    return versions.map((version) => describe({ ...version, aliases: pointingAt(version.version, aliases) }));
  }

  async setAlias(name: string, alias: string, version: number, reason = ''): Promise<void> {
    checkMlflowAlias(alias);
    checkMlflowReason(reason);
    checkModelName(name);
    await this.queue.run(name, async () => {
      await this.version(name, version);
      await this.client.registeredModels.setAlias(name, alias, version);
      await this.addEvent(name, { alias, to: version, reason });
    });
  }

  async deleteAlias(name: string, alias: string, reason = ''): Promise<void> {
    checkMlflowAlias(alias);
    checkMlflowReason(reason);
    await this.queue.run(name, async () => {
      const { aliases } = await this.model(name);
      if (!aliases.has(alias)) return;
      await this.client.registeredModels.deleteAlias(name, alias);
      await this.addEvent(name, { alias, to: null, reason });
    });
  }

  async setTag(name: string, version: number, key: string, value: string): Promise<void> {
    checkTags({ [key]: value });
    checkModelName(name);
    await this.version(name, version);
    await this.client.modelVersions.setTag(name, version, key, value);
  }

  async history(name: string): Promise<readonly PromotionEvent[]> {
    return readHistory(await this.model(name));
  }

  async delete(name: string, version: number): Promise<void> {
    checkModelName(name);
    await this.queue.run(name, async () => {
      const { aliases } = await this.version(name, version);
      if (aliases.length > 0) {
        throw new TabwrightError(
          'VERSION_CONFLICT',
          `${name}/${version} cannot be deleted: ${aliases[0]} points at it`,
        );
      }
      await this.client.modelVersions.delete(name, version);
    });
  }

  /** A model may have taken hours to fit: what the server does not take is kept on disk. */
  private async store(pending: PendingVersion): Promise<MlflowModelVersion> {
    try {
      const made = await storeVersion(this.client, pending);
      await this.queue.run(pending.name, () => promoteFirst(this.client, pending.name));
      return made;
    } catch (cause) {
      if (!isTabwrightError(cause) || cause.code !== 'SOURCE_FAILED') throw cause;
      throw await undelivered(await keep(this.spool, { kind: 'version', version: pending }), 'model', cause);
    }
  }

  private async addEvent(name: string, change: AliasChange): Promise<void> {
    const { key, value } = eventTag(change);
    await this.client.registeredModels.setTag(name, key, value);
  }

  private async model(name: string): Promise<MlflowRegisteredModel> {
    checkModelName(name);
    const model = await this.client.registeredModels.find(name);
    if (model !== undefined && isVisible(model)) return model;
    throw new TabwrightError('MODEL_NOT_FOUND', `there is no model ${name}${hint(name, await this.list())}`);
  }

  private async version(name: string, version: number): Promise<MlflowModelVersion> {
    const isNumber = Number.isInteger(version) && version >= 1 && version <= MAX_VERSION;
    const found = isNumber ? await orMissing(this.client.modelVersions.get(name, version)) : undefined;
    if (found !== undefined) return found;
    await this.model(name);
    throw new TabwrightError('MODEL_NOT_FOUND', `model ${name} has no version ${version}`);
  }
}

/** A name alone is what a first registration leaves that did not come to its version. */
function isVisible(model: MlflowRegisteredModel): boolean {
  return model.hasVersions || hasEvents(model);
}

function describe({ name, version, createdAtMs, tags, aliases }: MlflowModelVersion): ModelVersion {
  const users = Object.entries(tags).filter(([key]) => !key.startsWith(OWN_TAGS));
  return { name, version, createdAt: new Date(createdAtMs).toISOString(), tags: Object.fromEntries(users), aliases };
}

function pointingAt(version: number, aliases: ReadonlyMap<string, number>): string[] {
  return [...aliases].flatMap(([alias, target]) => (target === version ? [alias] : [])).sort();
}

function checkMlflowAlias(alias: string): void {
  checkAlias(alias);
  if (!alias.includes('.')) return;
  throw new TabwrightError('NAME_INVALID', `an alias in MLflow must have no ".", got ${JSON.stringify(alias)}`);
}

function checkMlflowReason(reason: string): void {
  checkReason(reason);
  if (reason.length <= MAX_REASON) return;
  throw new TabwrightError(
    'OPTION_INVALID',
    `the reason of an alias change must have at most ${MAX_REASON} characters, got ${reason.length}`,
  );
}

function hint(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}
