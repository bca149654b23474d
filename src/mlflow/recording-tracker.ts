// The tracker contract over a sink: a run is collected in memory and delivered as a whole at its end.
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { checkBundlePaths } from '../core/bundle-path.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { RunStart, TrackedDataset, TrackedRun, Tracker } from '../core/tracker.js';
import { VERSION } from '../core/version.js';
import type { RecordedMetric, RecordedModel, RunHead, RunRecord, RunSink } from './run-record.js';
import { wireTags } from './wire-names.js';

/** A tracker that delivers each run to the sink when it ends. */
export function recordingTracker(sink: RunSink): Tracker {
  return {
    async start(run) {
      const head = headOf(run);
      return recordedRun(sink, head, await sink.start(head));
    },
  };
}

/** @throws OPTION_INVALID */
function headOf({ experiment, runName, tags, startTimeMs = Date.now(), runId: resumes }: RunStart): RunHead {
  if (resumes !== undefined && !/^[0-9a-f]{32}$/.test(resumes)) {
    throw new TabwrightError('OPTION_INVALID', 'mlflow: runId must be the 32 hexadecimal digits of a run');
  }
  const own = {
    'mlflow.user': userName(),
    'mlflow.source.name': basename(process.argv[1] ?? 'node'),
    'mlflow.source.type': 'LOCAL',
    'tabwright.version': VERSION,
  };
  const id = randomUUID().replaceAll('-', '');
  return { id, resumes, experiment, runName, tags: wireTags({ ...own, ...tags }), startTimeMs };
}

function recordedRun(sink: RunSink, head: RunHead, runId: string | undefined): TrackedRun {
  const params: Record<string, string> = {};
  const metrics: RecordedMetric[] = [];
  const datasets: TrackedDataset[] = [];
  const artifacts = new Map<string, Uint8Array>();
  let model: RecordedModel | undefined;
  let hasEnded = false;
  return {
    id: runId ?? head.resumes ?? head.id,
    async logParams(more) {
      Object.assign(params, more);
    },
    async logMetrics(points) {
      const timestampMs = Date.now();
      metrics.push(...points.map((point) => ({ ...point, timestampMs })));
    },
    async logArtifacts(files) {
      if (files.size > 0) checkBundlePaths(files);
      for (const [path, bytes] of files) artifacts.set(path, bytes);
    },
    async logDataset(dataset) {
      datasets.push(dataset);
    },
    async logModel(version, files) {
      model = { version, files };
    },
    async end(status) {
      // The first end counts: after a delivery that failed, the caller ends the run once more as failed.
      if (hasEnded) return;
      hasEnded = true;
      const upper = status.toUpperCase() as RunRecord['status'];
      const data = { params, metrics, datasets, artifacts, model };
      await sink.deliver({ ...head, runId, ...data, endTimeMs: Date.now(), status: upper });
    },
  };
}

/** Accounts without a name, such as a container's, have none to give. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
