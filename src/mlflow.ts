// MLflow, both ways: a tracker, a registry and the client under them; the tracker also writes MLflow's file layout with no server.
export type { ByteRange, MlflowArtifact, MlflowArtifacts } from './mlflow/artifacts.js';
export type { MlflowConnectionOptions } from './mlflow/connection-options.js';
export type { MlflowExperiment, MlflowExperiments } from './mlflow/experiments.js';
export type { MlflowBatch, MlflowMetric } from './mlflow/log-batch.js';
export type { MlflowLoggedModel, MlflowLoggedModelStart, MlflowLoggedModels } from './mlflow/logged-models.js';
export type { MlflowClient } from './mlflow/mlflow-client.js';
export { mlflowClient } from './mlflow/mlflow-client.js';
export { mlflowFileStore } from './mlflow/mlflow-file-store.js';
export type { UploadContent } from './mlflow/mlflow-http.js';
export type { MlflowRegistryOptions } from './mlflow/mlflow-registry.js';
export { mlflowRegistry } from './mlflow/mlflow-registry.js';
export type { MlflowTrackerOptions } from './mlflow/mlflow-tracker.js';
export { mlflowTracker } from './mlflow/mlflow-tracker.js';
export type { MlflowModelVersion, MlflowModelVersionStart, MlflowModelVersions } from './mlflow/model-versions.js';
export type { MlflowRegisteredModel, MlflowRegisteredModels } from './mlflow/registered-models.js';
export type {
  MlflowDatasetInput,
  MlflowMetricPoint,
  MlflowRun,
  MlflowRunSearch,
  MlflowRunStart,
  MlflowRunStatus,
  MlflowRuns,
} from './mlflow/runs.js';
export type { MlflowSyncResult } from './mlflow/sync-mlflow.js';
export { syncMlflow } from './mlflow/sync-mlflow.js';
export type { MlflowWebhookEvent, MlflowWebhookOptions, WebhookHeaders } from './mlflow/verify-mlflow-webhook.js';
export { verifyMlflowWebhook } from './mlflow/verify-mlflow-webhook.js';
export type { WatchAliasOptions } from './prediction/watch-alias.js';
export { watchAlias } from './prediction/watch-alias.js';
