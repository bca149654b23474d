// Registered models by name, their tags and aliases.
import { keyValues } from './key-values.js';
import type { MlflowHttp } from './mlflow-http.js';
import { pages } from './pages.js';
import { faultOf, orMissing } from './remote-fault.js';
import { listAt, numberAt, objectAt, pairsAt, type Reply, textAt } from './reply.js';

/** A registered model. */
export interface MlflowRegisteredModel {
  readonly name: string;
  readonly updatedAtMs: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Version by alias. */
  readonly aliases: ReadonlyMap<string, number>;
  /** Whether it has a version in any stage. */
  readonly hasVersions: boolean;
}

/** What can be done with registered models. */
export interface MlflowRegisteredModels {
  /** Makes the name known; does nothing where it is. */
  ensure(name: string, tags?: Readonly<Record<string, string>>): Promise<void>;
  /** Undefined where there is none. */
  find(name: string): Promise<MlflowRegisteredModel | undefined>;
  /** @param filter In MLflow's search language, such as `name LIKE 'churn%'`. */
  search(filter?: string): Promise<readonly MlflowRegisteredModel[]>;
  setTag(name: string, key: string, value: string): Promise<void>;
  setAlias(name: string, alias: string, version: number): Promise<void>;
  /** Does nothing where there is no such alias. */
  deleteAlias(name: string, alias: string): Promise<void>;
}

const API = '/api/2.0/mlflow/registered-models';
const PAGE_SIZE = 1000;

/** Registered models over a connection. */
export function mlflowRegisteredModels(http: MlflowHttp): MlflowRegisteredModels {
  const post = (call: string, json: object) => http.call({ method: 'POST', path: `${API}/${call}`, json });
  return {
    async ensure(name, tags = {}) {
      try {
        await post('create', { name, tags: keyValues(tags) });
      } catch (error) {
        if (faultOf(error)?.errorCode !== 'RESOURCE_ALREADY_EXISTS') throw error;
      }
    },
    async find(name) {
      const reply = await orMissing(http.call({ method: 'GET', path: `${API}/get`, query: { name } }));
      return reply === undefined ? undefined : read(objectAt(reply, 'registered_model'));
    },
    async search(filter) {
      const query = { filter, max_results: PAGE_SIZE };
      const path = `${API}/search`;
      const replies = await pages('registered_models', (page_token) =>
        http.call({ method: 'GET', path, query: { ...query, page_token } }),
      );
      return replies.map(read);
    },
    async setTag(name, key, value) {
      await post('set-tag', { name, key, value });
    },
    async setAlias(name, alias, version) {
      await post('alias', { name, alias, version: String(version) });
    },
    async deleteAlias(name, alias) {
      await orMissing(http.call({ method: 'DELETE', path: `${API}/alias`, json: { name, alias } }));
    },
  };
}

function read(reply: Reply): MlflowRegisteredModel {
  const aliases = listAt(reply, 'aliases').map((each): [string, number] => [
    textAt(each, 'alias'),
    numberAt(each, 'version'),
  ]);
  return {
    name: textAt(reply, 'name'),
    updatedAtMs: numberAt(reply, 'last_updated_timestamp'),
    tags: pairsAt(reply, 'tags'),
    aliases: new Map(aliases),
    hasVersions: listAt(reply, 'latest_versions').length > 0,
  };
}
