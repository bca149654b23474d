// An ONNX model as a model directory: fields from its inputs, texts through the rules that its graph has, golden rows of its own.
import type { Field } from '../core/feature-spec.js';
import type { Random } from '../core/random.js';
import { createRandom } from '../core/random.js';
import type { BundleFiles } from '../core/registry.js';
import type { FittedTransformer } from '../core/transformer.js';
import { VERSION } from '../core/version.js';
import type { FittedOnnx } from '../models/fitted-onnx.js';
import type { OnnxModel } from '../models/read-onnx-file.js';
import { ANY_OTHER_TEXT } from '../models/read-onnx-file.js';
import { fittedOrdinal } from '../transforms/fitted-ordinal.js';
import { fittedPipeline } from '../transforms/fitted-pipeline.js';
import { fittedRareCategories } from '../transforms/fitted-rare-categories.js';
import type { GoldenRow } from './golden.js';
import type { ImportOptions } from './imported-target.js';
import { importedTarget } from './imported-target.js';
import { onnxFields } from './onnx-fields.js';
import { writeBundle } from './write-bundle.js';

const GOLDEN_ROWS = 16;

/**
 * The files of a model directory that scores as the graph does, from raw rows.
 * @param onnx as `readOnnxFile` gives it
 * @throws OPTION_INVALID where there are not as many classes as the model has
 * @throws FIT_FAILED where the graph gives no finite score to rows of ordinary numbers
 */
export function importOnnx({ model, classes }: OnnxModel, options: ImportOptions): BundleFiles {
  const fields = onnxFields(model);
  const nClasses = { binary: 2, multiclass: model.nOutputs, regression: 1 }[model.task];
  const target = importedTarget({ task: model.task, nClasses, classes }, options);
  return writeBundle({
    ...{ spec: { fields, target }, pipeline: pipelineOf(model), model, metrics: {}, plots: {} },
    goldenRows: goldenRows(fields, model),
    createdAt: options.createdAt,
    training: { tabwright: VERSION, imported: true, objective: 'onnx' },
    card: `# Imported model\n\nImported: an ONNX graph over ${fields.length} inputs. Predicts \`${target.column.replaceAll('`', "'")}\` (${target.task}).\n`,
  });
}

/** Texts that the graph has no rule for become one level before all become positions. */
function pipelineOf({ features }: FittedOnnx): FittedTransformer {
  const columns = features.flatMap(({ name, kind, levels = [] }) => {
    return kind === 'categorical' ? [{ name, type: 'string' as const, levels }] : [];
  });
  const open = columns.filter(({ levels }) => levels.at(-1) === ANY_OTHER_TEXT);
  const known = open.map(({ name, levels }) => ({ name, levels: levels.slice(0, -1) }));
  return fittedPipeline([
    ...(known.length > 0 ? [fittedRareCategories(ANY_OTHER_TEXT, known)] : []),
    fittedOrdinal({ output: 'categorical', unknown: 'missing', columns }),
  ]);
}

function goldenRows(fields: readonly Field[], { features }: FittedOnnx): GoldenRow[] {
  const random = createRandom(1);
  return Array.from({ length: GOLDEN_ROWS }, () => {
    return Object.fromEntries(fields.map((field, i) => [field.name, cell(random, field, features[i]?.levels ?? [])]));
  });
}

function cell(random: Random, { type }: Field, levels: readonly string[]): GoldenRow[string] {
  if (type === 'boolean') return random.next() < 0.5;
  if (type === 'integer') return Math.floor(random.next() * 10);
  if (type === 'number') return random.normal();
  return levels[Math.floor(random.next() * levels.length)] ?? ANY_OTHER_TEXT;
}
