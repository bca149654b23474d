// The typed door to a registered model.
import type { CustomReaders, LoadedBundle } from '../bundle/read-bundle.js';
import type { RowScorer } from '../bundle/row-scorer.js';
import { rowScorer } from '../bundle/row-scorer.js';
import { explainOptions } from '../core/explain-options.js';
import type { FeatureSchema, FeatureSpec, Target } from '../core/feature-spec.js';
import type { LivePredictor } from '../core/live-predictor.js';
import type { Prediction } from '../core/predictor.js';
import type { ModelVersion, Registry } from '../core/registry.js';
import { resolveOptions } from '../core/resolve-options.js';
import { SerialQueue } from '../core/serial-queue.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import { conformTable } from '../schema/conform-table.js';
import { ProblemCollector } from '../schema/problem-collector.js';
import { tableToMatrix } from '../transforms/table-to-matrix.js';
import { loadBundle } from './load-bundle.js';
import type { RowExplainer } from './row-explainer.js';
import { rowExplainer } from './row-explainer.js';
import type { PredictionMaker } from './to-prediction.js';
import { largest, predictionMaker } from './to-prediction.js';

/** What {@link createPredictor} takes. */
export interface PredictorOptions<Row> extends CustomReaders {
  readonly registry: Registry;
  /** `name`, `name@alias` or `name/3`. */
  readonly model: string;
  /** The features the model was trained on: gives rows their type and adds the schema's own refinements. */
  readonly features?: FeatureSchema<Row>;
}

/** One loaded version with everything compiled. */
interface Live {
  readonly version: ModelVersion;
  readonly bundle: LoadedBundle;
  readonly score: RowScorer;
  readonly out: Float64Array;
  /** The encoded row that was scored last, [nFeatures of the model]. */
  readonly values: Float64Array;
  /** Made at the first explanation. */
  readonly explainer: () => RowExplainer;
  readonly toPrediction: PredictionMaker;
}

/**
 * Loads a model, checks that it reproduces its golden rows, and serves it.
 * @throws MODEL_NOT_FOUND, NAME_INVALID, BUNDLE_INVALID, GOLDEN_MISMATCH
 * @throws SCHEMA_INVALID where `features` are not those of the model
 */
export async function createPredictor<Row = Record<string, unknown>>(
  options: PredictorOptions<Row>,
): Promise<LivePredictor<Row>> {
  const { registry, features } = options;
  const refine = features?.refine;
  const custom = options.models === undefined && options.transformers === undefined ? undefined : options;
  let reference = options.model;
  let live = await load(reference);
  let previous: Live | undefined;
  // One at a time and in the order asked for: a slow load must not undo a later one.
  const reloads = new SerialQueue();

  async function load(wanted: string): Promise<Live> {
    const version = await registry.get(wanted);
    const bundle = await loadBundle(registry, version, custom);
    if (features !== undefined) checkSameFields(features.spec, bundle.spec, version);
    return compile(version, bundle);
  }

  async function swap(wanted: string): Promise<ModelVersion> {
    const next = await load(wanted);
    reference = wanted;
    if (!isSameVersion(next.version, live.version)) previous = live;
    live = next;
    return next.version;
  }

  /** Scores a row into live.out; false where it was refused. */
  function scoreRow(row: unknown, position: number, problems: ProblemCollector): boolean {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      problems.add('', 'must be an object with one property a feature', valueKind(row), position);
      return false;
    }
    const data = row as Readonly<Record<string, unknown>>;
    const report = (column: string, rule: string, kind: string) => problems.add(column, rule, kind, position);
    if (!live.score(data, live.out, report)) return false;
    const refused = refine?.(data) ?? [];
    for (const { column, rule } of refused) report(column, rule, valueKind(data[column]));
    return refused.length === 0;
  }

  return {
    get current() {
      return live.version;
    },
    get spec() {
      return live.bundle.spec;
    },
    predictOne(row) {
      const problems = new ProblemCollector();
      if (!scoreRow(row, 0, problems)) problems.throwIfAny('row');
      return live.toPrediction(live.out, 0);
    },
    explain(row, given) {
      const { top } = resolveOptions(explainOptions, given);
      const explain = live.explainer();
      const problems = new ProblemCollector();
      if (!scoreRow(row, 0, problems)) problems.throwIfAny('row');
      const prediction = live.toPrediction(live.out, 0);
      const output = live.bundle.spec.target?.task === 'multiclass' ? largest(live.out, 0, live.out.length) : 0;
      return { ...prediction, explanation: explain(live.values, output, top) };
    },
    predictBatch(rows) {
      const problems = new ProblemCollector();
      const predictions: Prediction[] = [];
      rows.forEach((row, position) => {
        if (scoreRow(row, position, problems)) predictions.push(live.toPrediction(live.out, 0));
      });
      problems.throwIfAny('rows');
      return predictions;
    },
    predictTable(table) {
      const { bundle, toPrediction } = live;
      const matrix = tableToMatrix(bundle.pipeline, conformTable(table, { spec: bundle.spec, refine }, 'table'));
      const outputs = bundle.model.predict(matrix);
      const { nOutputs } = bundle.model;
      const predictions: Prediction[] = [];
      for (let at = 0; at < outputs.length; at += nOutputs) predictions.push(toPrediction(outputs, at));
      return predictions;
    },
    get previous() {
      return previous?.version;
    },
    reload: (wanted) => reloads.run('', () => swap(wanted ?? reference)),
    rollback() {
      if (previous === undefined) {
        throw new TabwrightError(
          'MODEL_NOT_FOUND',
          `predictor: ${live.version.name} has served no version before this`,
        );
      }
      [live, previous] = [previous, live];
      return live.version;
    },
  };
}

function compile(version: ModelVersion, bundle: LoadedBundle): Live {
  const { spec, pipeline, model } = bundle;
  const values = new Float64Array(model.features.length);
  let explainer: RowExplainer | undefined;
  return {
    version,
    bundle,
    score: rowScorer(spec, pipeline, model, values),
    out: new Float64Array(model.nOutputs),
    values,
    explainer: () => (explainer ??= rowExplainer(bundle)),
    toPrediction: predictionMaker(spec.target as Target, version),
  };
}

function isSameVersion(a: ModelVersion, b: ModelVersion): boolean {
  return a.name === b.name && a.version === b.version;
}

function checkSameFields(declared: FeatureSpec, trained: FeatureSpec, { name, version }: ModelVersion): void {
  const inTraining = new Map(trained.fields.map((field) => [field.name, field]));
  const declaredNames = new Set(declared.fields.map((field) => field.name));
  const differences = [
    ...declared.fields.filter((field) => inTraining.get(field.name)?.type !== field.type).map((field) => field.name),
    ...trained.fields.filter((field) => !declaredNames.has(field.name)).map((field) => field.name),
  ];
  if (differences.length === 0) return;
  throw new TabwrightError(
    'SCHEMA_INVALID',
    `predictor: features differ from those ${name}/${version} was trained on: ${differences.join(', ')}`,
  );
}
