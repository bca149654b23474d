// MLflow's file layout, the form its own FileStore reads: YAML files, of which JSON is a part, and one file a
// parameter, tag or metric.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TrackedDataset } from '../core/tracker.js';
import { datasetInput } from './dataset-input.js';
import type { RecordedMetric, RecordedModel, RunRecord } from './run-record.js';
import { wireKey, wireParams, wireTags } from './wire-names.js';

/** Contents by path relative to the directory they belong to. */
export type LayoutFiles = Map<string, Uint8Array | string>;

/** Where a run's parts belong. */
export interface RunPlace {
  readonly root: string;
  readonly experimentId: string;
}

const FINISHED = { FINISHED: 3, FAILED: 4, KILLED: 5 } as const;
const LOCAL = 4;
const READY = 2;

/** Files of an experiment's directory. */
export function experimentFiles(root: string, experimentId: string, name: string): LayoutFiles {
  const now = Date.now();
  return new Map([
    [
      'meta.yaml',
      yaml({
        experiment_id: experimentId,
        name,
        artifact_location: uri(root, experimentId),
        lifecycle_stage: 'active',
        creation_time: now,
        last_update_time: now,
      }),
    ],
  ]);
}

/** Files of a run's directory. */
export function runFiles(place: RunPlace, record: RunRecord): LayoutFiles {
  const files: LayoutFiles = new Map([['meta.yaml', yaml(runMeta(place, record))]]);
  addAll(files, 'params', wireParams(record.params));
  addAll(files, 'tags', wireTags({ ...record.tags, 'mlflow.runName': record.runName }));
  for (const [key, lines] of metricLines(record.metrics)) files.set(`metrics/${key}`, lines.join(''));
  for (const [path, bytes] of record.artifacts) files.set(`artifacts/${path}`, bytes);
  for (const dataset of record.datasets) {
    const source_id = datasetId(dataset);
    const tags = { 'mlflow.data.context': dataset.context };
    const link = { source_type: 'DATASET', source_id, destination_type: 'RUN', destination_id: record.id, tags };
    files.set(`inputs/${digestHex(`${record.id}/${source_id}`)}/meta.yaml`, yaml(link));
  }
  if (record.model !== undefined) {
    const id = modelId(record);
    const link = { source_type: 'RUN_OUTPUT', source_id: id, destination_type: 'MODEL_OUTPUT', destination_id: id };
    files.set(`outputs/${id}/meta.yaml`, yaml({ ...link, step: 0, tags: {} }));
  }
  return files;
}

/** Files of a logged model's directory. */
export function modelFiles(
  { root, experimentId }: RunPlace,
  record: RunRecord,
  { version, files }: RecordedModel,
): LayoutFiles {
  const id = modelId(record);
  const { name } = version;
  const meta = {
    artifact_location: uri(root, experimentId, 'models', id, 'artifacts'),
    creation_timestamp: record.endTimeMs,
    experiment_id: experimentId,
    last_updated_timestamp: record.endTimeMs,
    model_id: id,
    model_type: null,
    name: name.replaceAll('.', '_'),
    source_run_id: record.id,
    status: READY,
    status_message: null,
  };
  const layout: LayoutFiles = new Map([['meta.yaml', yaml(meta)]]);
  addAll(layout, 'params', wireParams(record.params));
  const versions = JSON.stringify([{ name, version: version.version }]);
  addAll(layout, 'tags', { 'mlflow.user': record.tags['mlflow.user'] ?? '', 'mlflow.modelVersions': versions });
  const [dataset] = record.datasets;
  const measured = dataset === undefined ? '' : ` ${dataset.name.replaceAll(/\s/g, '_')} ${dataset.digest}`;
  for (const [key, lines] of metricLines(record.metrics, ` ${record.id}${measured}`))
    layout.set(`metrics/${key}`, lines.join(''));
  for (const [path, bytes] of files) layout.set(`artifacts/${path}`, bytes);
  return layout;
}

/** Files of a dataset's directory. */
export function datasetFiles(dataset: TrackedDataset): LayoutFiles {
  const { name, digest, source, schema, profile } = datasetInput(dataset);
  return new Map([['meta.yaml', yaml({ digest, name, source_type: 'local', source, schema, profile })]]);
}

/** Files of a registered model's directory. */
export function registeredModelFiles(name: string, atMs: number): LayoutFiles {
  const times = { creation_timestamp: atMs, last_updated_timestamp: atMs };
  return new Map([['meta.yaml', yaml({ name, description: null, ...times, aliases: {} })]]);
}

/** Files of a version's directory. */
export function versionFiles(
  { root, experimentId }: RunPlace,
  record: RunRecord,
  { version }: RecordedModel,
): LayoutFiles {
  const id = modelId(record);
  const meta = {
    name: version.name,
    version: version.version,
    creation_timestamp: record.endTimeMs,
    last_updated_timestamp: record.endTimeMs,
    current_stage: 'None',
    description: null,
    user_id: null,
    run_id: record.id,
    run_link: null,
    model_id: id,
    source: `models:/${id}`,
    storage_location: uri(root, experimentId, 'models', id, 'artifacts'),
    status: 'READY',
    status_message: null,
  };
  const files: LayoutFiles = new Map([['meta.yaml', yaml(meta)]]);
  addAll(files, 'tags', wireTags(version.tags));
  return files;
}

/** Id of the logged model of a run. */
export function modelId({ id }: RunRecord): string {
  return `m-${id}`;
}

/** Id of a dataset: the same for the same name and digest. */
export function datasetId({ name, digest }: TrackedDataset): string {
  return digestHex(`${name}/${digest}`);
}

/** 32 hexadecimal digits for a text. */
export function digestHex(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function runMeta({ root, experimentId }: RunPlace, record: RunRecord): object {
  return {
    artifact_uri: uri(root, experimentId, record.id, 'artifacts'),
    start_time: record.startTimeMs,
    end_time: record.endTimeMs,
    entry_point_name: '',
    experiment_id: experimentId,
    lifecycle_stage: 'active',
    run_id: record.id,
    run_uuid: record.id,
    run_name: record.runName,
    source_name: '',
    source_type: LOCAL,
    source_version: '',
    status: FINISHED[record.status],
    tags: [],
    user_id: record.tags['mlflow.user'] ?? '',
  };
}

/** Lines of "time value step" by key; those of a logged model go on with the run and the dataset. */
function metricLines(metrics: readonly RecordedMetric[], rest = ''): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const { key, value, step, timestampMs } of metrics) {
    const name = fileKey(key);
    const own = lines.get(name) ?? [];
    own.push(`${timestampMs} ${pythonNumber(value)} ${step}${rest}\n`);
    lines.set(name, own);
  }
  return lines;
}

function addAll(files: LayoutFiles, folder: string, values: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(values)) files.set(`${folder}/${fileKey(key)}`, value);
}

/** A key that is one file name: "a" and "a/b" may both be there. */
function fileKey(key: string): string {
  return wireKey(key).replaceAll('/', '_');
}

function pythonNumber(value: number): string {
  return Number.isFinite(value) || Number.isNaN(value) ? String(value).toLowerCase() : value > 0 ? 'inf' : '-inf';
}

function uri(root: string, ...parts: string[]): string {
  return pathToFileURL(join(root, ...parts)).href;
}

function yaml(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
