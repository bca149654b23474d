// The one training path for scripts, commands and requests: load, check, split, fit, judge, refit, register.

import { BUNDLE_LAYOUT } from '../bundle/bundle-layout.js';
import { writeBundle } from '../bundle/write-bundle.js';
import { checkSignal } from '../core/check-signal.js';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { Model } from '../core/model.js';
import type { BundleFiles, Registry } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Tracker } from '../core/tracker.js';
import type { Trainer, TrainRequest, TrainResult } from '../core/trainer.js';
import { VERSION } from '../core/version.js';
import { driftReference } from '../drift/reference/make-drift-reference.js';
import { makeSplits } from '../evaluation/make-splits.js';
import type { Validation } from '../evaluation/validation-options.js';
import { resolveValidation } from '../evaluation/validation-options.js';
import { createModel } from '../models/create-model.js';
import { rowMaker } from '../schema/row-maker.js';
import { defaultPipeline } from '../transforms/default-pipeline.js';
import { checkRequest } from './check-request.js';
import type { CrossValidation } from './cross-validate.js';
import { crossValidate } from './cross-validate.js';
import type { FittedPair, Recipe } from './fit-rows.js';
import { fitRows } from './fit-rows.js';
import { loadTable } from './load-table.js';
import { modelCard } from './model-card.js';
import type { PreparedData } from './prepare-data.js';
import { prepareData } from './prepare-data.js';
import { beginRun } from './record-run.js';
import { shapPlots } from './shap-plots.js';
import { type TrainingPlot, trainingPlots } from './training-plots.js';

/** What a trainer works with. */
export interface TrainerOptions {
  readonly registry: Registry;
  /** Records every training where given; a tracker that fails costs a warning, never the model. */
  readonly tracker?: Tracker | undefined;
  /** Any logger of pino's shape; silent where absent. */
  readonly logger?: Logger | undefined;
}

const GOLDEN_ROWS = 16;

/** Makes a trainer. */
export function createTrainer({ registry, tracker, logger = silentLogger }: TrainerOptions): Trainer {
  async function train(request: TrainRequest): Promise<TrainResult> {
    const started = performance.now();
    const startTimeMs = Date.now();
    checkRequest(request);
    const model = typeof request.model === 'string' ? createModel(request.model, request.params) : request.model;
    const validation = resolveValidation(request.validation);
    const data = await prepare(request, model, validation);
    const recipe: Recipe = {
      model,
      pipeline: request.pipeline ?? defaultPipeline(data.spec.fields, model.input),
      seed: request.seed ?? 0,
    };

    const folds = makeSplits(validation, {
      ...data,
      nRows: data.target.length,
      task: data.spec.target.task,
      seed: recipe.seed,
    });
    const judged = await crossValidate(recipe, data, folds, request);
    const fitted = await fitRows(recipe, data, undefined, request);
    request.onProgress?.({ phase: 'fit', completed: 1, total: 1 });

    checkSignal(request.signal);
    const shap = await shapPlots(fitted, data, request.signal);
    const plots = { ...trainingPlots(data, judged.outOfFold, fitted.model), ...shap };
    const files = bundleFiles({ request, recipe, data, validation, judged, fitted, plots });
    const run = await beginRun(tracker, request, startTimeMs);
    const version = await run.guard(registry.put(request.name, files, { tags: request.tags, runId: run.id }));
    request.onProgress?.({ phase: 'register', completed: 1, total: 1, message: `${version.name}/${version.version}` });

    const result: TrainResult = {
      version,
      metrics: judged.metrics,
      features: data.spec,
      model: { kind: model.kind, params: model.params },
      nRows: data.target.length,
      seconds: (performance.now() - started) / 1000,
      warnings: data.warnings,
    };
    logger.info({ model: version.name, version: version.version, seconds: result.seconds }, 'model registered');
    const warnings = await run.record({
      result,
      files,
      plots,
      data,
      validation,
      seed: recipe.seed,
      model: fitted.model,
    });
    return { ...result, warnings: [...result.warnings, ...warnings] };
  }

  return { registry, train };
}

async function prepare(request: TrainRequest, model: Model, validation: Validation): Promise<PreparedData> {
  const { signal, onProgress } = request;
  const table = await loadTable({ ...request, spec: request.features?.spec });
  onProgress?.({ phase: 'load', completed: 1, total: 1, message: `${table.numRows()} rows` });
  checkSignal(signal);
  const data = prepareData(table, request, validation);
  onProgress?.({ phase: 'validate', completed: 1, total: 1, message: `${data.spec.fields.length} features` });
  const { task } = data.spec.target;
  if (!model.tasks.includes(task)) {
    throw new TabwrightError(
      'TARGET_INVALID',
      `model ${model.kind} must have a ${model.tasks.join(' or ')} target, got ${task}`,
    );
  }
  return data;
}

interface Training {
  readonly request: TrainRequest;
  readonly recipe: Recipe;
  readonly data: PreparedData;
  readonly validation: Validation;
  readonly judged: CrossValidation;
  readonly fitted: FittedPair;
  readonly plots: Readonly<Record<string, TrainingPlot>>;
}

function bundleFiles({ request, recipe, data, validation, judged, fitted, plots }: Training): BundleFiles {
  const { spec } = data;
  const createdAt = new Date().toISOString();
  const nRows = data.target.length;
  const svgs = Object.fromEntries(Object.entries(plots).map(([name, { svg }]) => [`${name}.svg`, svg]));
  const model = { kind: recipe.model.kind, params: recipe.model.params };
  return writeBundle({
    spec,
    ...fitted,
    goldenRows: spread(nRows).map(rowMaker(data.table, spec)),
    reference: driftReference(data.table, spec, { target: data.target, predictions: judged.outOfFold?.predictions }),
    metrics: JSON.parse(JSON.stringify(judged.metrics)),
    training: JSON.parse(
      JSON.stringify({
        tabwright: VERSION,
        node: process.version,
        model,
        seed: recipe.seed,
        validation,
        nRows,
        summary: fitted.model.summary,
        lineage: request.lineage,
        learningCurve: fitted.model.learningCurve,
      }),
    ),
    card: modelCard({
      name: request.name,
      spec,
      model,
      metrics: judged.metrics,
      validation: inWords(validation),
      nRows,
      classShares: classShares(data),
      createdAt,
      plots: Object.keys(svgs),
      plotFolder: BUNDLE_LAYOUT.plotFolder,
    }),
    plots: svgs,
    createdAt,
  });
}

/** Positions of at most {@link GOLDEN_ROWS} rows, evenly spread. */
function spread(nRows: number): number[] {
  const count = Math.min(nRows, GOLDEN_ROWS);
  return Array.from({ length: count }, (_, i) => Math.floor((i * nRows) / count));
}

function classShares({ spec, target }: PreparedData): number[] {
  const counts = (spec.target.classes ?? []).map(() => 0);
  if (counts.length === 0) return [];
  for (const position of target) counts[position] = (counts[position] ?? 0) + 1;
  return counts.map((count) => count / target.length);
}

function inWords({ folds, holdout, group, time }: Validation): string {
  const parts =
    folds > 0
      ? `${folds} folds`
      : holdout !== undefined && holdout < 1
        ? `a holdout of ${100 * holdout}%`
        : `a holdout of ${holdout} rows`;
  if (group !== undefined) return `${parts}, grouped by ${group}`;
  return time === undefined ? parts : `${parts}, in order of ${time}`;
}
