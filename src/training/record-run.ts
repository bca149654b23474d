// Records a finished training with a tracker; the model is registered already, so a failure here is a warning.

import { BUNDLE_LAYOUT } from '../bundle/bundle-layout.js';
import type { BundleFiles } from '../core/registry.js';
import type { MetricPoint, TrackedRun, Tracker } from '../core/tracker.js';
import type { TrainRequest, TrainResult } from '../core/trainer.js';

/** Records parameters, metrics by fold, plots and the model. @returns warnings: what could not be recorded, and why */
export async function recordRun(
  tracker: Tracker,
  request: TrainRequest,
  result: TrainResult,
  files: BundleFiles,
): Promise<string[]> {
  let run: TrackedRun | undefined;
  try {
    run = await tracker.start({
      experiment: request.experiment ?? request.name,
      runName: `${request.name}/${result.version.version}`,
      tags: request.tags ?? {},
    });
    await run.logParams(params(result));
    await run.logMetrics(points(result));
    await run.logArtifacts(new Map([...files].filter(([path]) => path.startsWith(BUNDLE_LAYOUT.plotFolder))));
    await run.logModel(result.version, files);
    await run.end('finished');
    return [];
  } catch (error) {
    // The run is lost already; that it cannot be ended either adds nothing to the warning.
    await run?.end('failed').catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    return [`the run could not be recorded completely: ${reason}`];
  }
}

function params({ model }: TrainResult): Record<string, string> {
  const values = Object.entries(model.params).map(([key, value]) => [key, JSON.stringify(value) ?? '']);
  return { model: model.kind, ...Object.fromEntries(values) };
}

/** Each fold's value at its step, and the mean under its own key. */
function points({ metrics }: TrainResult): MetricPoint[] {
  return Object.entries(metrics).flatMap(([key, { mean, folds }]) => [
    { key, value: mean, step: 0 },
    ...folds.map((value, step) => ({ key: `fold_${key}`, value, step })),
  ]);
}
