// A model of another library as a model directory: fields from its features, categories by name, and golden rows of its own.
import type { FeatureSpec, Field } from '../core/feature-spec.js';
import type { Random } from '../core/random.js';
import { createRandom } from '../core/random.js';
import type { BundleFiles } from '../core/registry.js';
import { VERSION } from '../core/version.js';
import type { FittedTreeEnsemble } from '../models/fitted-tree-ensemble.js';
import { fittedOrdinal } from '../transforms/fitted-ordinal.js';
import { fittedPipeline } from '../transforms/fitted-pipeline.js';
import type { GoldenRow } from './golden.js';
import type { ImportOptions } from './imported-target.js';
import { importedTarget } from './imported-target.js';
import { writeBundle } from './write-bundle.js';

const GOLDEN_ROWS = 16;
/** Past this a threshold stands for no bound. */
const LARGEST_VALUE = 1e30;

/**
 * The files of a model directory that scores as the imported model does, from raw rows: numbers, and categories by name.
 * @throws OPTION_INVALID where there are not as many classes as the model has
 */
export function importModel(model: FittedTreeEnsemble, options: ImportOptions): BundleFiles {
  const spec = specOf(model, options);
  const columns = model.features.flatMap(({ name, kind, levels = [] }) => {
    return kind === 'categorical' ? [{ name, type: 'string' as const, levels }] : [];
  });
  const pipeline = fittedPipeline([fittedOrdinal({ output: 'categorical', unknown: 'missing', columns })]);
  const { objective } = model.source;
  return writeBundle({
    ...{ spec, pipeline, model, goldenRows: goldenRows(model), metrics: {}, plots: {}, createdAt: options.createdAt },
    training: { tabwright: VERSION, imported: true, objective },
    card: card(model, spec),
  });
}

function specOf({ features, source }: FittedTreeEnsemble, options: ImportOptions): FeatureSpec {
  const fields = features.map(({ name, kind }): Field => {
    return { name, type: kind === 'categorical' ? 'string' : 'number', nullable: true };
  });
  return { fields, target: importedTarget(source, options) };
}

/** Rows around the thresholds that the trees test, missing values among them. */
function goldenRows(model: FittedTreeEnsemble): GoldenRow[] {
  const random = createRandom(1);
  const thresholds = model.features.map((): number[] => [0]);
  for (const { splitFeature, threshold } of model.ensemble.trees) {
    for (const [node, feature] of splitFeature.entries()) thresholds[feature]?.push(threshold[node] as number);
  }
  return Array.from({ length: GOLDEN_ROWS }, () => {
    const cells = model.features.map(({ name, levels }, i) => [
      name,
      cell(random, levels ?? (thresholds[i] as number[])),
    ]);
    return Object.fromEntries(cells) as GoldenRow;
  });
}

function cell(random: Random, among: readonly (number | string)[]): number | string | null {
  const found = among[Math.floor(random.next() * among.length)];
  if (found === undefined || found === '' || random.next() < 0.1) return null;
  if (typeof found === 'string') return found;
  return Math.abs(found) < LARGEST_VALUE ? found + random.normal() * 0.1 * Math.abs(found) : null;
}

function card({ features, source }: FittedTreeEnsemble, { target }: FeatureSpec): string {
  const { objective, ensemble } = source;
  const from = `Imported: ${ensemble.trees.length} trees over ${features.length} features, objective ${objective}.`;
  return `# Imported model\n\n${from} Predicts \`${target?.column.replaceAll('`', "'")}\` (${target?.task}).\n`;
}
