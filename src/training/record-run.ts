// Records a training with a tracker. The model is registered before its details are sent, so a failure here is a
// warning.

import { arch, platform } from 'node:os';
import { BUNDLE_LAYOUT } from '../bundle/bundle-layout.js';
import type { FittedModel } from '../core/model.js';
import type { BundleFiles } from '../core/registry.js';
import type { MetricPoint, TrackedRun, Tracker } from '../core/tracker.js';
import type { TrainRequest, TrainResult } from '../core/trainer.js';
import { VERSION } from '../core/version.js';
import type { Validation } from '../evaluation/validation-options.js';
import type { PreparedData } from './prepare-data.js';
import { tableDigest } from './table-digest.js';
import type { TrainingPlot } from './training-plots.js';

/** What there is to record of a training. */
export interface FinishedTraining {
  readonly result: TrainResult;
  readonly files: BundleFiles;
  readonly plots: Readonly<Record<string, TrainingPlot>>;
  readonly data: PreparedData;
  readonly validation: Validation;
  readonly seed: number;
  readonly model: FittedModel;
}

/** The run of a training, or the place of one where there is no tracker or it failed. */
export interface TrainingRun {
  readonly id: string | undefined;
  /** Waits for the registration, and ends the run as failed where that fails. */
  guard<T>(registration: Promise<T>): Promise<T>;
  /** @returns warnings: what could not be recorded, and why */
  record(training: FinishedTraining): Promise<string[]>;
}

/** Starts the run that the model will belong to. */
export async function beginRun(
  tracker: Tracker | undefined,
  request: TrainRequest,
  startTimeMs: number,
): Promise<TrainingRun> {
  const { name, experiment = name, tags = {}, runId } = request;
  try {
    return trainingRun(await tracker?.start({ experiment, runName: name, tags, startTimeMs, runId }), name);
  } catch (error) {
    return { ...trainingRun(undefined, name), record: async () => [warning(error)] };
  }
}

function trainingRun(run: TrackedRun | undefined, name: string): TrainingRun {
  // The run is lost already; that it cannot be ended either adds nothing to what is thrown or warned of.
  const fail = async () => run?.end('failed').catch(() => {});
  return {
    id: run?.id,
    async guard(registration) {
      try {
        return await registration;
      } catch (error) {
        await fail();
        throw error;
      }
    },
    async record(training) {
      if (run === undefined) return [];
      try {
        await recordTraining(run, name, training);
        return [];
      } catch (error) {
        await fail();
        return [warning(error)];
      }
    },
  };
}

async function recordTraining(run: TrackedRun, name: string, training: FinishedTraining): Promise<void> {
  const { result, files, data } = training;
  await run.logParams(params(training));
  await run.logMetrics([...points(result), ...learningPoints(training.model)]);
  await run.logDataset?.({
    name,
    digest: await tableDigest(data),
    context: 'training',
    nRows: result.nRows,
    spec: data.spec,
  });
  await run.logArtifacts(artifacts(training));
  await run.logModel(result.version, files);
  await run.end('finished');
}

function params({ result, validation, seed }: FinishedTraining): Record<string, string> {
  const { model, nRows } = result;
  const values = { ...model.params, seed, nRows, validation: { ...validation } };
  const texts = Object.entries(values).map(([key, value]) => [key, JSON.stringify(value) ?? '']);
  return { model: model.kind, ...Object.fromEntries(texts) };
}

/** Each fold's value at its step, and the mean under its own key. */
function points({ metrics }: TrainResult): MetricPoint[] {
  return Object.entries(metrics).flatMap(([key, { mean, sd, folds }]) => [
    { key, value: mean, step: 0 },
    { key: `sd_${key}`, value: sd, step: 0 },
    ...folds.map((value, step) => ({ key: `fold_${key}`, value, step })),
  ]);
}

/** The metric on held-out rows after each round of the final fit, from step 1. */
function learningPoints({ learningCurve }: FittedModel): MetricPoint[] {
  if (learningCurve === undefined) return [];
  const { metric, values } = learningCurve;
  return values.map((value, i) => ({ key: `held_out_${metric}`, value, step: i + 1 }));
}

/** Plots with their numbers, the model card and the environment. */
function artifacts({ files, plots }: FinishedTraining): BundleFiles {
  const environment = { tabwright: VERSION, node: process.version, platform: platform(), arch: arch() };
  const card = files.get(BUNDLE_LAYOUT.card);
  const found = new Map([...files].filter(([path]) => path.startsWith(BUNDLE_LAYOUT.plotFolder)));
  for (const [name, { data }] of Object.entries(plots))
    found.set(`${BUNDLE_LAYOUT.plotFolder}${name}.json`, json(data));
  if (card !== undefined) found.set(BUNDLE_LAYOUT.card, card);
  return found.set('environment.json', json(environment));
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function warning(error: unknown): string {
  return `the run could not be recorded completely: ${error instanceof Error ? error.message : String(error)}`;
}
