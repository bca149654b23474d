// Files as a logged model: made pending, filled, then ready. Done again with the same key, it completes what was begun.
import type { BundleFiles } from '../core/registry.js';
import type { MlflowLoggedModel } from './logged-models.js';
import type { MlflowClient } from './mlflow-client.js';
import { orMissing } from './remote-fault.js';
import { storeFiles } from './stored-files.js';

/** What to store. */
export interface StoreModelRequest {
  readonly name: string;
  readonly files: BundleFiles;
  /** Name of the experiment where no run is known. */
  readonly experiment: string;
  readonly runId: string | undefined;
  /** A tag of this model alone. */
  readonly key: { readonly tag: string; readonly value: string };
}

/** The logged model, ready, linked as output of its run where the server knows that run. */
export async function storeModel(client: MlflowClient, request: StoreModelRequest): Promise<MlflowLoggedModel> {
  const { name, files, experiment, runId, key } = request;
  const run = runId === undefined ? undefined : await orMissing(client.runs.get(runId));
  const experimentId = run?.experimentId ?? (await client.experiments.ensure(experiment)).experimentId;
  const model = await client.loggedModels.ensure({
    experimentId,
    name: loggedName(name),
    sourceRunId: run?.runId,
    key,
  });
  if (run !== undefined) await client.runs.logOutputs(run.runId, [model.modelId]);
  if (model.isReady) return model;
  await storeFiles(client.artifacts, model.artifactUri, files);
  await client.loggedModels.complete(model.modelId);
  return model;
}

/** MLflow allows fewer characters here than in names of registered models. */
function loggedName(name: string): string {
  return name.replaceAll('.', '_');
}
