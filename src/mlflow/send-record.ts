// Delivers a run to a server. Every step can be done again: delivered twice, a record is one run with one model.
import { BUNDLE_LAYOUT } from '../bundle/bundle-layout.js';
import { datasetInput } from './dataset-input.js';
import type { MlflowMetric } from './log-batch.js';
import type { MlflowLoggedModel } from './logged-models.js';
import type { MlflowClient } from './mlflow-client.js';
import { OWN_TAGS } from './promotion-tags.js';
import { orMissing } from './remote-fault.js';
import type { RunHead, RunRecord } from './run-record.js';
import type { MlflowRun } from './runs.js';
import { storeModel } from './store-model.js';
import { wireKey, wireParams, wireTags } from './wire-names.js';

const RECORD_TAG = `${OWN_TAGS}record`;

/** The run of a record, made where it is missing; a run that is gone on with may be of another experiment. */
export async function announce(client: MlflowClient, head: RunHead): Promise<MlflowRun> {
  const { resumes } = head;
  const known = resumes === undefined ? undefined : await orMissing(client.runs.get(resumes));
  if (known !== undefined) return known;
  const { experimentId } = await client.experiments.ensure(head.experiment);
  return client.runs.ensure({ ...head, experimentId, key: { tag: RECORD_TAG, value: resumes ?? head.id } });
}

/** @throws SOURCE_FAILED, CANCELLED; what was delivered stays, and the next delivery goes on from there */
export async function sendRecord(client: MlflowClient, record: RunRecord): Promise<void> {
  const known = record.runId === undefined ? undefined : await orMissing(client.runs.get(record.runId));
  const run = known ?? (await announce(client, record));
  const params = wireParams(record.params);
  await client.runs.logInputs(run.runId, record.datasets.map(datasetInput));
  const model = await linkModel(client, record, run);
  if (model !== undefined) await client.loggedModels.addParams(model, params);
  await client.runs.logBatch(run.runId, {
    params,
    tags: { ...ownTags(record), ...notes(record) },
    metrics: metrics(record, model),
  });
  const { artifacts } = client;
  await Promise.all([...record.artifacts].map(([path, bytes]) => artifacts.write(run.artifactUri, path, bytes)));
  await client.runs.end(run.runId, record.status, record.endTimeMs);
}

/**
 * The logged model of the run: the one behind the registered version where the registry is on this server, else one
 * of its own.
 */
async function linkModel(
  client: MlflowClient,
  { id, experiment, model }: RunRecord,
  { runId }: MlflowRun,
): Promise<MlflowLoggedModel | undefined> {
  if (model === undefined) return undefined;
  const { name, version } = model.version;
  const registered = await orMissing(client.modelVersions.get(name, version));
  if (registered?.modelId !== undefined && registered.runId === runId)
    return client.loggedModels.get(registered.modelId);
  return storeModel(client, { name, files: model.files, experiment, runId, key: { tag: RECORD_TAG, value: id } });
}

function metrics(
  { metrics: points, datasets: [dataset] }: RunRecord,
  model: MlflowLoggedModel | undefined,
): MlflowMetric[] {
  const measuredOn = dataset === undefined ? undefined : datasetInput(dataset);
  const modelId = model?.modelId;
  return points.map((point) => ({ ...point, key: wireKey(point.key), modelId, dataset: measuredOn }));
}

/** Tags that a run which is gone on with does not have from its start; MLflow's own stay as they are. */
function ownTags({ resumes, tags }: RunRecord): Record<string, string> {
  if (resumes === undefined) return {};
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('mlflow.')));
}

/** The model card as the run's description, and the version it led to. */
function notes({ model }: RunRecord): Record<string, string> {
  if (model === undefined) return {};
  const { name, version } = model.version;
  const card = model.files.get(BUNDLE_LAYOUT.card);
  const note = card === undefined ? {} : { 'mlflow.note.content': new TextDecoder().decode(card) };
  return wireTags({ 'tabwright.model': `${name}/${version}`, ...note });
}
