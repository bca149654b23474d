// A registry that lives and ends with the process, for tests; a second reading of the contract beside the file registry.
import { checkBundlePaths } from '../core/bundle-path.js';
import {
  CHAMPION,
  checkAlias,
  checkModelName,
  checkReason,
  checkTags,
  parseModelReference,
} from '../core/model-reference.js';
import type { BundleFiles, ModelVersion, PromotionEvent, PutOptions, Registry } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';

interface HeldVersion {
  readonly createdAt: string;
  readonly files: BundleFiles;
  readonly tags: Map<string, string>;
}

interface HeldModel {
  nextVersion: number;
  readonly versions: Map<number, HeldVersion>;
  readonly aliases: Map<string, number>;
  readonly history: PromotionEvent[];
}

/**
 * An empty registry in memory.
 * @example
 * const trainer = createTrainer({ registry: memoryRegistry() });
 */
export function memoryRegistry(): Registry {
  return new MemoryRegistry();
}

class MemoryRegistry implements Registry {
  private readonly models = new Map<string, HeldModel>();

  async put(name: string, files: BundleFiles, { tags = {} }: PutOptions = {}): Promise<ModelVersion> {
    checkModelName(name);
    checkBundlePaths(files);
    checkTags(tags);
    const known = this.models.get(name);
    const model = known ?? { nextVersion: 1, versions: new Map(), aliases: new Map(), history: [] };
    const version = model.nextVersion++;
    const createdAt = new Date().toISOString();
    model.versions.set(version, { createdAt, files: copied(files), tags: new Map(Object.entries(tags)) });
    this.models.set(name, model);
    if (known === undefined) move(model, CHAMPION, version, 'first version');
    return describe(name, version, model);
  }

  async get(reference: string): Promise<ModelVersion> {
    const parsed = parseModelReference(reference);
    const model = this.model(parsed.name);
    const version = 'version' in parsed ? parsed.version : model.aliases.get(parsed.alias);
    if (version === undefined) throw notFound(reference);
    return describe(parsed.name, version, model);
  }

  async read(name: string, version: number): Promise<BundleFiles> {
    return copied(held(name, version, this.model(name)).files);
  }

  async list(): Promise<readonly string[]> {
    return [...this.models.keys()].sort();
  }

  async versions(name: string): Promise<readonly ModelVersion[]> {
    const model = this.model(name);
    return [...model.versions.keys()].map((version) => describe(name, version, model));
  }

  async setAlias(name: string, alias: string, version: number, reason = ''): Promise<void> {
    checkAlias(alias);
    checkReason(reason);
    const model = this.model(name);
    held(name, version, model);
    move(model, alias, version, reason);
  }

  async deleteAlias(name: string, alias: string, reason = ''): Promise<void> {
    checkAlias(alias);
    checkReason(reason);
    const model = this.model(name);
    if (model.aliases.has(alias)) move(model, alias, null, reason);
  }

  async setTag(name: string, version: number, key: string, value: string): Promise<void> {
    checkTags({ [key]: value });
    held(name, version, this.model(name)).tags.set(key, value);
  }

  async history(name: string): Promise<readonly PromotionEvent[]> {
    return [...this.model(name).history];
  }

  async delete(name: string, version: number): Promise<void> {
    const model = this.model(name);
    const { aliases } = describe(name, version, model);
    if (aliases.length > 0) {
      throw new TabwrightError('VERSION_CONFLICT', `${name}/${version} cannot be deleted: ${aliases[0]} points at it`);
    }
    model.versions.delete(version);
  }

  private model(name: string): HeldModel {
    checkModelName(name);
    const model = this.models.get(name);
    if (model === undefined) throw notFound(name);
    return model;
  }
}

function held(name: string, version: number, model: HeldModel): HeldVersion {
  const found = model.versions.get(version);
  if (found === undefined) throw notFound(`${name}/${version}`);
  return found;
}

function describe(name: string, version: number, model: HeldModel): ModelVersion {
  const { createdAt, tags } = held(name, version, model);
  const aliases = [...model.aliases].filter(([, target]) => target === version).map(([alias]) => alias);
  return { name, version, createdAt, tags: Object.fromEntries(tags), aliases: aliases.sort() };
}

function move(model: HeldModel, alias: string, to: number | null, reason: string): void {
  model.history.push({ at: new Date().toISOString(), alias, from: model.aliases.get(alias) ?? null, to, reason });
  if (to === null) model.aliases.delete(alias);
  else model.aliases.set(alias, to);
}

function copied(files: BundleFiles): BundleFiles {
  return new Map([...files].map(([path, bytes]) => [path, Uint8Array.from(bytes)]));
}

function notFound(what: string): TabwrightError {
  return new TabwrightError('MODEL_NOT_FOUND', `there is no model ${what}`);
}
