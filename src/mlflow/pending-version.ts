// A version on its way into MLflow's registry. Every step can be done again: the id is a tag of what the first try
// made.
import { CHAMPION } from '../core/model-reference.js';
import type { BundleFiles } from '../core/registry.js';
import type { MlflowClient } from './mlflow-client.js';
import type { MlflowModelVersion } from './model-versions.js';
import { firstEventTag, hasEvents, OWN_TAGS } from './promotion-tags.js';
import { storeModel } from './store-model.js';

/** What was put. */
export interface PendingVersion {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly files: BundleFiles;
  readonly tags: Readonly<Record<string, string>>;
  /** Experiment of the logged model where no run is known. */
  readonly experiment: string;
  readonly runId: string | undefined;
}

const PUT_TAG = `${OWN_TAGS}put`;

/** Makes the version, whole: its files first, in a logged model. */
export async function storeVersion(client: MlflowClient, pending: PendingVersion): Promise<MlflowModelVersion> {
  const { id, name, tags } = pending;
  const { modelId, sourceRunId } = await storeModel(client, { ...pending, key: { tag: PUT_TAG, value: id } });
  await client.registeredModels.ensure(name);
  return client.modelVersions.ensure({ name, modelId, runId: sourceRunId, tags: { ...tags, [PUT_TAG]: id } });
}

/**
 * The first version becomes champion; also where whoever put it did not come that far. Versions put by others stay as
 * they are.
 */
export async function promoteFirst(client: MlflowClient, name: string): Promise<void> {
  const model = await client.registeredModels.find(name);
  if (model === undefined || hasEvents(model) || model.aliases.size > 0) return;
  const [first] = await client.modelVersions.list(name);
  if (first?.tags[PUT_TAG] === undefined) return;
  await client.registeredModels.setAlias(name, CHAMPION, first.version);
  const { key, value } = firstEventTag(first.version);
  await client.registeredModels.setTag(name, key, value);
}
