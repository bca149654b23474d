// A client of MLflow's REST interface on fetch, for what this library logs and reads.
import { type MlflowArtifacts, mlflowArtifacts } from './artifacts.js';
import { type MlflowConnectionOptions, resolveConnection } from './connection-options.js';
import { type MlflowExperiments, mlflowExperiments } from './experiments.js';
import { type MlflowLoggedModels, mlflowLoggedModels } from './logged-models.js';
import { mlflowHttp } from './mlflow-http.js';
import { type MlflowModelVersions, mlflowModelVersions } from './model-versions.js';
import { type MlflowRegisteredModels, mlflowRegisteredModels } from './registered-models.js';
import { type MlflowRuns, mlflowRuns } from './runs.js';

/** A client of one MLflow server. Every call throws SOURCE_FAILED where the server refuses or cannot be reached. */
export interface MlflowClient {
  readonly experiments: MlflowExperiments;
  readonly runs: MlflowRuns;
  readonly artifacts: MlflowArtifacts;
  readonly loggedModels: MlflowLoggedModels;
  readonly registeredModels: MlflowRegisteredModels;
  readonly modelVersions: MlflowModelVersions;
}

/**
 * Makes a client; nothing is sent yet.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 * @example
 * const client = mlflowClient({ uri: 'http://127.0.0.1:5000' });
 */
export function mlflowClient(options: MlflowConnectionOptions = {}): MlflowClient {
  const http = mlflowHttp(resolveConnection(options));
  return {
    experiments: mlflowExperiments(http),
    runs: mlflowRuns(http),
    artifacts: mlflowArtifacts(http),
    loggedModels: mlflowLoggedModels(http),
    registeredModels: mlflowRegisteredModels(http),
    modelVersions: mlflowModelVersions(http),
  };
}
