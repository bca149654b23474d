// A trained model as a directory: standard files that MLflow, people and this library read.
import type { FeatureSpec } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';
import type { FittedModel } from '../core/model.js';
import type { BundleFiles } from '../core/registry.js';
import type { FittedTransformer } from '../core/transformer.js';
import { VERSION } from '../core/version.js';
import type { DriftReference } from '../drift/reference/drift-reference.js';
import { mlflowSignature } from '../schema/mlflow-signature.js';
import { BUNDLE_LAYOUT } from './bundle-layout.js';
import type { GoldenRow } from './golden.js';
import { makeGolden } from './golden.js';
import { nativeFlavor } from './native-flavor.js';
import { pythonFiles, pythonFunction, splitRows } from './python-files.js';
import { rowScorer } from './row-scorer.js';

/** Everything a model directory is made from. */
export interface BundleContent {
  /** Features and target, with the target's classes filled in. */
  readonly spec: FeatureSpec;
  readonly pipeline: FittedTransformer;
  readonly model: FittedModel;
  /** Rows to keep with their scores; the first few are the input example. */
  readonly goldenRows: readonly GoldenRow[];
  /** Distributions of the training rows, to measure drift against; absent where there are no rows. */
  readonly reference?: DriftReference | undefined;
  /** Out-of-fold metrics. */
  readonly metrics: JsonObject;
  /** How it was trained: parameters, seed, validation, row count, versions. */
  readonly training: JsonObject;
  /** The model card in Markdown. */
  readonly card: string;
  /** SVG texts by file name. */
  readonly plots: Readonly<Record<string, string>>;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

const EXAMPLE_ROWS = 5;

/** The files of a model directory. */
export function writeBundle(content: BundleContent): BundleFiles {
  const { spec, pipeline, model } = content;
  const golden = makeGolden(content.goldenRows, rowScorer(spec, pipeline, model), model);
  const files = new Map<string, Uint8Array>([
    [BUNDLE_LAYOUT.mlmodel, json(mlmodel(content))],
    [BUNDLE_LAYOUT.schema, json(spec)],
    [BUNDLE_LAYOUT.pipeline, json(pipeline.toJSON())],
    [BUNDLE_LAYOUT.golden, json(golden)],
    [BUNDLE_LAYOUT.inputExample, json(inputExample(content))],
    [BUNDLE_LAYOUT.metrics, json(content.metrics)],
    [BUNDLE_LAYOUT.training, json(content.training)],
    [BUNDLE_LAYOUT.card, text(content.card)],
    ...pythonFiles(content.goldenRows.slice(0, EXAMPLE_ROWS), spec, model.kind),
  ]);
  if (content.reference !== undefined)
    files.set(BUNDLE_LAYOUT.reference, text(`${JSON.stringify(content.reference)}\n`));
  for (const [path, bytes] of nativeFlavor(spec, pipeline, model)?.files ?? []) files.set(path, bytes);
  for (const [path, bytes] of model.toFiles()) files.set(`${BUNDLE_LAYOUT.modelFolder}${path}`, bytes);
  for (const [name, svg] of Object.entries(content.plots)) files.set(`${BUNDLE_LAYOUT.plotFolder}${name}`, text(svg));
  return files;
}

/** JSON is valid YAML, and so a valid MLmodel file. */
function mlmodel({ spec, pipeline, model, createdAt }: BundleContent): object {
  return {
    flavors: {
      tabwright: { tabwright_version: VERSION, model_kind: model.kind, task: model.task },
      python_function: pythonFunction(),
      ...nativeFlavor(spec, pipeline, model)?.flavor,
    },
    signature: mlflowSignature(spec),
    saved_input_example_info: {
      artifact_path: BUNDLE_LAYOUT.inputExample,
      serving_input_path: BUNDLE_LAYOUT.servingExample,
      type: 'dataframe',
      pandas_orient: 'split',
    },
    utc_time_created: createdAt.replace('T', ' ').replace('Z', ''),
  };
}

function inputExample({ spec, goldenRows }: BundleContent): object {
  return splitRows(goldenRows.slice(0, EXAMPLE_ROWS), spec);
}

function json(value: object): Uint8Array {
  return text(`${JSON.stringify(value, null, 2)}\n`);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
