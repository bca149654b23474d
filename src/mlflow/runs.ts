// Runs of experiments: parameters, metrics, tags, datasets that went in and models that came out.
import { keyValues } from './key-values.js';
import { batchBodies, type MlflowBatch } from './log-batch.js';
import type { MlflowHttp } from './mlflow-http.js';
import { pages } from './pages.js';
import { listAt, numberAt, objectAt, optionalText, pairsAt, type Reply, textAt } from './reply.js';

/** How a run stands. */
export type MlflowRunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** A run with its last values. */
export interface MlflowRun {
  readonly runId: string;
  readonly experimentId: string;
  readonly runName: string;
  readonly status: MlflowRunStatus;
  /** Root of the run's artifacts. */
  readonly artifactUri: string;
  readonly params: Readonly<Record<string, string>>;
  /** The last value of each metric. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Logged models that the run made. */
  readonly modelIds: readonly string[];
}

/** What a run starts with. */
export interface MlflowRunStart {
  readonly experimentId: string;
  readonly runName: string;
  readonly startTimeMs: number;
  readonly tags: Readonly<Record<string, string>>;
  /** A tag of this run alone: by it a second try finds the run that the first one made. */
  readonly key: { readonly tag: string; readonly value: string };
}

/** A dataset that went into a run. */
export interface MlflowDatasetInput {
  readonly name: string;
  /** At most 36 characters. */
  readonly digest: string;
  /** `training`, `validation` and so on. */
  readonly context: string;
  /** JSON texts of MLflow's forms. */
  readonly source: string;
  readonly schema: string;
  readonly profile: string;
}

/** One point of a metric's history. */
export interface MlflowMetricPoint {
  readonly value: number;
  readonly step: number;
  readonly timestampMs: number;
}

/** What to search. */
export interface MlflowRunSearch {
  readonly experimentIds: readonly string[];
  /** In MLflow's search language, such as `metrics.auc > 0.8 and tags.team = 'growth'`. */
  readonly filter?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
}

/** What can be done with runs. */
export interface MlflowRuns {
  /** The run with this key, made where it is missing. */
  ensure(run: MlflowRunStart): Promise<MlflowRun>;
  get(runId: string): Promise<MlflowRun>;
  /** In requests within MLflow's limits. @throws OPTION_INVALID for keys and values past them */
  logBatch(runId: string, batch: MlflowBatch): Promise<void>;
  logInputs(runId: string, datasets: readonly MlflowDatasetInput[]): Promise<void>;
  /** Links logged models as the run's outputs. */
  logOutputs(runId: string, modelIds: readonly string[]): Promise<void>;
  end(runId: string, status: MlflowRunStatus, endTimeMs: number): Promise<void>;
  search(search: MlflowRunSearch): Promise<readonly MlflowRun[]>;
  metricHistory(runId: string, key: string): Promise<readonly MlflowMetricPoint[]>;
}

const API = '/api/2.0/mlflow/runs';
const PAGE_SIZE = 1000;

/** Runs over a connection. */
export function mlflowRuns(http: MlflowHttp): MlflowRuns {
  const post = (call: string, json: object) => http.call({ method: 'POST', path: `${API}/${call}`, json });

  async function search({ experimentIds, filter, orderBy }: MlflowRunSearch): Promise<readonly MlflowRun[]> {
    const json = { experiment_ids: experimentIds, filter, order_by: orderBy, max_results: PAGE_SIZE };
    const replies = await pages('runs', (page_token) => post('search', { ...json, page_token }));
    return replies.map(readRun);
  }

  async function get(runId: string): Promise<MlflowRun> {
    const reply = await http.call({ method: 'GET', path: `${API}/get`, query: { run_id: runId } });
    return readRun(objectAt(reply, 'run'));
  }

  return {
    search,
    async ensure({ experimentId, runName, startTimeMs, tags, key }) {
      const json = {
        experiment_id: experimentId,
        run_name: runName,
        start_time: startTimeMs,
        tags: keyValues({ ...tags, [key.tag]: key.value }),
      };
      const filter = `tags.\`${key.tag}\` = '${key.value}'`;
      const find = async () => (await search({ experimentIds: [experimentId], filter }))[0];
      const made = () =>
        http.create({ method: 'POST', path: `${API}/create`, json }, (reply) => readRun(objectAt(reply, 'run')), find);
      return (await find()) ?? made();
    },
    get,
    async logBatch(runId, batch) {
      for (const body of batchBodies(batch)) await post('log-batch', { run_id: runId, ...body });
    },
    async logInputs(runId, datasets) {
      if (datasets.length > 0) await post('log-inputs', { run_id: runId, datasets: datasets.map(wireDataset) });
    },
    async logOutputs(runId, modelIds) {
      // The server refuses a link that is there already.
      const missing = async () => {
        const { modelIds: known } = await get(runId);
        return modelIds.filter((modelId) => !known.includes(modelId));
      };
      const models = (await missing()).map((model_id) => ({ model_id, step: 0 }));
      if (models.length === 0) return;
      const request = { method: 'POST', path: `${API}/outputs`, json: { run_id: runId, models } } as const;
      await http.create(
        request,
        () => true,
        async () => ((await missing()).length === 0 ? true : undefined),
      );
    },
    async end(runId, status, endTimeMs) {
      await post('update', { run_id: runId, status, end_time: endTimeMs });
    },
    async metricHistory(runId, key) {
      const query = { run_id: runId, metric_key: key, max_results: PAGE_SIZE };
      const path = '/api/2.0/mlflow/metrics/get-history';
      const points = await pages('metrics', (page_token) =>
        http.call({ method: 'GET', path, query: { ...query, page_token } }),
      );
      return points.map((point) => ({
        value: numberAt(point, 'value'),
        step: Number(point.step ?? 0),
        timestampMs: numberAt(point, 'timestamp'),
      }));
    },
  };
}

function readRun(reply: Reply): MlflowRun {
  const info = objectAt(reply, 'info');
  const data = objectAt({ data: {}, ...reply }, 'data');
  const outputs = objectAt({ outputs: {}, ...reply }, 'outputs');
  const metrics = listAt(data, 'metrics').map((metric) => [textAt(metric, 'key'), numberAt(metric, 'value')]);
  return {
    runId: textAt(info, 'run_id'),
    experimentId: textAt(info, 'experiment_id'),
    runName: optionalText(info, 'run_name') ?? '',
    status: textAt(info, 'status') as MlflowRunStatus,
    artifactUri: textAt(info, 'artifact_uri'),
    params: pairsAt(data, 'params'),
    metrics: Object.fromEntries(metrics),
    tags: pairsAt(data, 'tags'),
    modelIds: listAt(outputs, 'model_outputs').map((output) => textAt(output, 'model_id')),
  };
}

function wireDataset({ name, digest, context, source, schema, profile }: MlflowDatasetInput): object {
  return {
    tags: [{ key: 'mlflow.data.context', value: context }],
    dataset: { name, digest, source_type: 'local', source, schema, profile },
  };
}
