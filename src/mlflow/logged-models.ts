// Logged models: files of a model with the run, parameters and metrics it belongs to; pending until it is complete.
import { keyValues } from './key-values.js';
import type { MlflowHttp } from './mlflow-http.js';
import { pages } from './pages.js';
import { objectAt, optionalText, pairsAt, type Reply, textAt } from './reply.js';

/** A logged model. */
export interface MlflowLoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  /** Root of its files. */
  readonly artifactUri: string;
  readonly isReady: boolean;
  /** Run that made it. */
  readonly sourceRunId: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a logged model starts with. */
export interface MlflowLoggedModelStart {
  readonly experimentId: string;
  readonly name: string;
  readonly sourceRunId?: string | undefined;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** A tag of this model alone: by it a second try finds the model that the first one made. */
  readonly key: { readonly tag: string; readonly value: string };
}

/** What can be done with logged models. */
export interface MlflowLoggedModels {
  /** The model with this key, pending where it is new. */
  ensure(model: MlflowLoggedModelStart): Promise<MlflowLoggedModel>;
  get(modelId: string): Promise<MlflowLoggedModel>;
  /** Adds the parameters that the model does not have yet. */
  addParams(model: MlflowLoggedModel, params: Readonly<Record<string, string>>): Promise<void>;
  /** Says that all files are there. */
  complete(modelId: string): Promise<void>;
  /** @param filter In MLflow's search language, such as `name = 'churn' and status = 'READY'`. */
  search(experimentIds: readonly string[], filter?: string): Promise<readonly MlflowLoggedModel[]>;
}

const API = '/api/2.0/mlflow/logged-models';
const PAGE_SIZE = 50;

/** Logged models over a connection. */
export function mlflowLoggedModels(http: MlflowHttp): MlflowLoggedModels {
  async function search(experimentIds: readonly string[], filter?: string): Promise<readonly MlflowLoggedModel[]> {
    const json = { experiment_ids: experimentIds, filter, max_results: PAGE_SIZE };
    const path = `${API}/search`;
    const replies = await pages('models', (page_token) =>
      http.call({ method: 'POST', path, json: { ...json, page_token } }),
    );
    return replies.map(read);
  }

  async function get(modelId: string): Promise<MlflowLoggedModel> {
    return readModel(await http.call({ method: 'GET', path: `${API}/${encodeURIComponent(modelId)}` }));
  }

  return {
    search,
    async ensure({ experimentId, name, sourceRunId, params = {}, tags = {}, key }) {
      const find = async () => (await search([experimentId], `tags.\`${key.tag}\` = '${key.value}'`))[0];
      const json = {
        experiment_id: experimentId,
        name,
        source_run_id: sourceRunId,
        params: keyValues(params),
        tags: keyValues({ ...tags, [key.tag]: key.value }),
      };
      return (await find()) ?? http.create({ method: 'POST', path: API, json }, readModel, find);
    },
    get,
    async addParams({ modelId, params: known }, params) {
      // The server refuses a parameter that is there already.
      const missing = (of: object) => Object.entries(params).filter(([key]) => !Object.hasOwn(of, key));
      const fresh = missing(known);
      if (fresh.length === 0) return;
      const json = { model_id: modelId, params: keyValues(Object.fromEntries(fresh)) };
      await http.create(
        { method: 'POST', path: `${API}/${encodeURIComponent(modelId)}/params`, json },
        () => true,
        async () => (missing((await get(modelId)).params).length === 0 ? true : undefined),
      );
    },
    async complete(modelId) {
      const json = { model_id: modelId, status: 'LOGGED_MODEL_READY' };
      await http.call({ method: 'PATCH', path: `${API}/${encodeURIComponent(modelId)}`, json });
    },
  };
}

function readModel(reply: Reply): MlflowLoggedModel {
  return read(objectAt(reply, 'model'));
}

function read(reply: Reply): MlflowLoggedModel {
  const info = objectAt(reply, 'info');
  return {
    modelId: textAt(info, 'model_id'),
    experimentId: textAt(info, 'experiment_id'),
    name: textAt(info, 'name'),
    artifactUri: textAt(info, 'artifact_uri'),
    isReady: info.status === 'LOGGED_MODEL_READY',
    sourceRunId: optionalText(info, 'source_run_id'),
    params: pairsAt(objectAt({ data: {}, ...reply }, 'data'), 'params'),
    tags: pairsAt(info, 'tags'),
  };
}
