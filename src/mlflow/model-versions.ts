// Versions of registered models.
import { keyValues } from './key-values.js';
import type { MlflowHttp } from './mlflow-http.js';
import { pages } from './pages.js';
import { orMissing } from './remote-fault.js';
import { numberAt, objectAt, optionalText, pairsAt, type Reply, textAt } from './reply.js';

/** One version of a registered model. */
export interface MlflowModelVersion {
  readonly name: string;
  readonly version: number;
  readonly createdAtMs: number;
  /** Where its files come from: `models:/m-…`, or an artifact root. */
  readonly source: string;
  readonly runId: string | undefined;
  /** Logged model behind it. */
  readonly modelId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** None in lists: MLflow's search leaves them out. */
  readonly aliases: readonly string[];
}

/** What a version starts with. */
export interface MlflowModelVersionStart {
  readonly name: string;
  /** Logged model that holds the files; a model has one version of a name at most through this client. */
  readonly modelId: string;
  readonly runId?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What can be done with versions. */
export interface MlflowModelVersions {
  /** The version that holds this logged model, made where it is missing. */
  ensure(start: MlflowModelVersionStart): Promise<MlflowModelVersion>;
  get(name: string, version: number): Promise<MlflowModelVersion>;
  /** In ascending order. */
  list(name: string): Promise<readonly MlflowModelVersion[]>;
  setTag(name: string, version: number, key: string, value: string): Promise<void>;
  /** Does nothing where there is no such version. */
  delete(name: string, version: number): Promise<void>;
  /** Artifact root of a version. */
  artifactRoot(name: string, version: number): Promise<string>;
}

const API = '/api/2.0/mlflow/model-versions';
const PAGE_SIZE = 1000;

/** Versions over a connection. */
export function mlflowModelVersions(http: MlflowHttp): MlflowModelVersions {
  const list = async (name: string) => (await search(`name = '${name}'`)).sort((a, b) => a.version - b.version);

  async function search(filter: string): Promise<MlflowModelVersion[]> {
    const query = { filter, max_results: PAGE_SIZE };
    const path = `${API}/search`;
    const replies = await pages('model_versions', (page_token) =>
      http.call({ method: 'GET', path, query: { ...query, page_token } }),
    );
    return replies.map(read);
  }

  return {
    list,
    async ensure({ name, modelId, runId, tags }) {
      const source = `models:/${modelId}`;
      const find = async () => (await search(`source_path = '${source}'`)).find((version) => version.name === name);
      const json = { name, source, model_id: modelId, run_id: runId, tags: keyValues(tags) };
      return (await find()) ?? http.create({ method: 'POST', path: `${API}/create`, json }, readVersion, find);
    },
    async get(name, version) {
      return readVersion(await http.call({ method: 'GET', path: `${API}/get`, query: { name, version } }));
    },
    async setTag(name, version, key, value) {
      const json = { name, version: String(version), key, value };
      await http.call({ method: 'POST', path: `${API}/set-tag`, json });
    },
    async delete(name, version) {
      await orMissing(http.call({ method: 'DELETE', path: `${API}/delete`, json: { name, version: String(version) } }));
    },
    async artifactRoot(name, version) {
      const reply = await http.call({ method: 'GET', path: `${API}/get-download-uri`, query: { name, version } });
      return textAt(reply, 'artifact_uri');
    },
  };
}

function readVersion(reply: Reply): MlflowModelVersion {
  return read(objectAt(reply, 'model_version'));
}

function read(reply: Reply): MlflowModelVersion {
  const { aliases } = reply;
  const source = optionalText(reply, 'source') ?? '';
  return {
    name: textAt(reply, 'name'),
    version: numberAt(reply, 'version'),
    createdAtMs: numberAt(reply, 'creation_timestamp'),
    source,
    runId: optionalText(reply, 'run_id'),
    // MLflow takes a model_id, and gives it back in the source alone.
    modelId: /^models:\/(m-[^/]+)$/.exec(source)?.[1],
    tags: pairsAt(reply, 'tags'),
    aliases: Array.isArray(aliases) ? aliases.map(String).sort() : [],
  };
}
