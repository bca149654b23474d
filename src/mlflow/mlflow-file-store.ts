// A tracker that needs no server: it writes MLflow's file layout, which `mlflow ui` shows and `mlflow
// migrate-filestore` moves.
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createDirectory, makeDirectory } from '../core/durable-files.js';
import { publishDirectory } from '../core/numbered-directories.js';
import { withStaging } from '../core/staging.js';
import { systemCode } from '../core/storage-error.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Tracker } from '../core/tracker.js';
import {
  datasetFiles,
  datasetId,
  experimentFiles,
  type LayoutFiles,
  modelFiles,
  modelId,
  type RunPlace,
  registeredModelFiles,
  runFiles,
  versionFiles,
} from './file-layout.js';
import { recordingTracker } from './recording-tracker.js';
import type { RunRecord } from './run-record.js';

/** The experiment that MLflow's pages open with. */
const DEFAULT_EXPERIMENT = { id: '0', name: 'Default' };

/** MLflow knows a run by these folders, empty or not. */
const FOLDERS = ['params', 'tags', 'metrics', 'artifacts'];

/**
 * A tracker that writes runs, logged models and versions below a directory, in MLflow's own layout. A run appears
 * when it ends, as a whole. Aliases stay with the registry and are not written.
 * @param directory MLflow's `mlruns`; made by the first run, relative to the working directory at the
 * time of this call.
 * @throws OPTION_INVALID; also its `start`, where a run is to be gone on with
 * @example
 * const trainer = createTrainer({ registry: fileRegistry('./models'), tracker: mlflowFileStore('./mlruns') });
 */
export function mlflowFileStore(directory: string): Tracker {
  if (directory === '') throw new TabwrightError('OPTION_INVALID', 'mlflowFileStore: directory must not be empty');
  const root = resolve(directory);
  return recordingTracker({
    async start({ resumes }) {
      if (resumes === undefined) return undefined;
      throw new TabwrightError(
        'OPTION_INVALID',
        'mlflowFileStore: runId must be absent: a run is written whole at its end',
      );
    },
    deliver: (record) => withStaging(dirname(root), (stage) => writeRecord(root, stage, record)),
  });
}

/** The run comes last: what it refers to is there before it. */
async function writeRecord(root: string, stage: string, record: RunRecord): Promise<void> {
  const publish = async (path: string, files: LayoutFiles, folders: readonly string[] = []): Promise<void> => {
    const staged = join(stage, randomUUID());
    await makeDirectory(dirname(join(root, path)));
    await createDirectory(staged, files);
    for (const folder of folders) await makeDirectory(join(staged, folder));
    await publishDirectory(staged, join(root, path));
  };
  await makeDirectory(join(root, '.trash'));
  await makeDirectory(join(root, 'models'));
  await publish(DEFAULT_EXPERIMENT.id, experimentFiles(root, DEFAULT_EXPERIMENT.id, DEFAULT_EXPERIMENT.name));
  const experimentId = await findExperiment(root, record.experiment);
  await publish(experimentId, experimentFiles(root, experimentId, record.experiment));

  const place: RunPlace = { root, experimentId };
  for (const dataset of record.datasets) {
    await publish(`${experimentId}/datasets/${datasetId(dataset)}`, datasetFiles(dataset));
  }
  if (record.model !== undefined) {
    const { name, version } = record.model.version;
    await publish(`${experimentId}/models/${modelId(record)}`, modelFiles(place, record, record.model), FOLDERS);
    await publish(`models/${name}`, registeredModelFiles(name, record.endTimeMs));
    await publish(`models/${name}/version-${version}`, versionFiles(place, record, record.model));
  }
  await publish(`${experimentId}/${record.id}`, runFiles(place, record), FOLDERS);
}

/**
 * The id of the experiment of this name; a new one follows from the name, so that several processes choose the same.
 */
async function findExperiment(root: string, name: string): Promise<string> {
  for (const id of await readdir(root)) {
    if (!/^\d+$/.test(id)) continue;
    if ((await experimentName(join(root, id, 'meta.yaml'))) === name) return id;
  }
  const hash = createHash('sha256').update(name).digest();
  return String(10n ** 17n + (hash.readBigUInt64BE() % (8n * 10n ** 17n)));
}

/** Also from the YAML that Python writes: `name: churn` on a line of its own. */
async function experimentName(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return text.startsWith('{') ? JSON.parse(text).name : /^name: (['"]?)(.*)\1$/m.exec(text)?.[2];
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
