// Drift of the linear relations between columns: how far rows are from the principal components of the reference (NannyML's data
// reconstruction).
import type { ColumnTable } from 'arquero';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { FeatureMatrix } from '../../core/feature-matrix.js';
import type { OptionsInput } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import { createRandom } from '../../core/random.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { plainTable } from '../../table/plain-table.js';
import type { ReconstructionDrift } from '../drift-report.js';
import type { DriftReference } from '../reference/drift-reference.js';
import { jointFeatures } from './joint-features.js';
import { sampledRows } from './sampled-rows.js';

/** How reconstruction judges. */
export const reconstructionOptions = optionsTable('reconstruction', {
  variance: {
    type: 'number',
    exclusiveMin: 0,
    exclusiveMax: 1,
    default: 0.65,
    doc: 'So many components are kept that they explain this share of the variance.',
  },
  maxRows: {
    type: 'integer',
    min: 100,
    default: 20_000,
    doc: 'At most so many rows of each table are used, drawn at random.',
  },
  seed: { type: 'integer', min: 0, max: 2 ** 32 - 1, default: 0, doc: 'Seed of the sample.' },
});

/** What to compare. */
export interface ReconstructionRequest extends OptionsInput<typeof reconstructionOptions> {
  /** Names the columns. */
  readonly reference: DriftReference;
  /** The rows that the reference was made from, or others like them. */
  readonly samples: ColumnTable;
  readonly current: ColumnTable;
}

const MAX_COLUMNS = 300;
const CHUNKS = 10;

/**
 * The mean distance of current rows from the components, beside that of chunks of the reference's rows. Columns are standardised by
 * the reference; a category stands for how frequent it is there, and a gap for the mean.
 * @throws DATA_EMPTY where a table has fewer than 100 rows
 * @throws DATA_TOO_LARGE for more than 300 columns
 * @throws COLUMN_MISSING, COLUMN_INVALID, OPTION_INVALID
 */
export function reconstructionDrift({
  reference,
  samples,
  current,
  ...given
}: ReconstructionRequest): ReconstructionDrift {
  const { variance, maxRows, seed } = resolveOptions(reconstructionOptions, given);
  const random = createRandom(seed);
  const parts = [samples, current].map((table) => {
    const plain = plainTable(table);
    if (plain.numRows() < 100)
      throw new TabwrightError(
        'DATA_EMPTY',
        `reconstruction: a table must have 100 rows or more, got ${plain.numRows()}`,
      );
    return { table: plain, rows: sampledRows(plain.numRows(), maxRows, random) };
  });
  const features = jointFeatures(reference, parts);
  if (features.columns.length > MAX_COLUMNS)
    throw new TabwrightError('DATA_TOO_LARGE', `reconstruction: there must be at most ${MAX_COLUMNS} columns`);
  const nSamples = parts[0]?.rows.length ?? 0;
  const columns = standardised(features, nSamples);
  const components = principalComponents(columns, nSamples, variance);
  const distances = distancesFrom(components, columns, features.nRows);
  return judged(distances.subarray(0, nSamples), distances.subarray(nSamples), components.length);
}

/** Numbers with mean 0 and deviation 1 over the first rows; columns that do not vary there are left out. */
function standardised({ features, columns }: FeatureMatrix, nSamples: number): Float64Array[] {
  return columns.flatMap((column, i) => {
    const values = features[i]?.kind === 'categorical' ? frequencies(column, nSamples) : Float64Array.from(column);
    const known = values.subarray(0, nSamples).filter((value) => !Number.isNaN(value));
    const mean = meanOf(known);
    const deviation = Math.sqrt(meanOf(known.map((value) => (value - mean) ** 2)));
    if (!(deviation > 0)) return [];
    return [values.map((value) => (Number.isNaN(value) ? 0 : (value - mean) / deviation))];
  });
}

/** How often each row's category occurs among the first rows. */
function frequencies(column: ArrayLike<number>, nSamples: number): Float64Array {
  const counts = new Map<number, number>();
  for (let row = 0; row < nSamples; row++) {
    const position = column[row] as number;
    counts.set(position, (counts.get(position) ?? 0) + 1);
  }
  return Float64Array.from(column, (position) => (Number.isNaN(position) ? Number.NaN : (counts.get(position) ?? 0)));
}

/** Unit vectors over the columns, by falling variance over the first rows. */
function principalComponents(columns: readonly Float64Array[], nSamples: number, variance: number): number[][] {
  const n = columns.length;
  if (n === 0) return [];
  const covariance = Matrix.zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let row = 0; row < nSamples; row++) sum += (columns[i]?.[row] as number) * (columns[j]?.[row] as number);
      covariance.set(i, j, sum / nSamples);
      covariance.set(j, i, sum / nSamples);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const order = realEigenvalues
    .map((_, i) => i)
    .sort((a, b) => (realEigenvalues[b] as number) - (realEigenvalues[a] as number));
  const total = realEigenvalues.reduce((sum, value) => sum + value, 0);
  const kept: number[][] = [];
  for (let sum = 0; sum < variance * total && kept.length < n; ) {
    const at = order[kept.length] as number;
    sum += realEigenvalues[at] as number;
    kept.push(eigenvectorMatrix.getColumn(at));
  }
  return kept;
}

/** Of each row from the space of the components: the components are orthonormal, so that squares add up. */
function distancesFrom(components: readonly number[][], columns: readonly Float64Array[], nRows: number): Float64Array {
  const distances = new Float64Array(nRows);
  for (let row = 0; row < nRows; row++) {
    let rest = 0;
    for (const column of columns) rest += (column[row] as number) ** 2;
    for (const component of components) {
      let along = 0;
      for (let i = 0; i < columns.length; i++) along += (component[i] as number) * (columns[i]?.[row] as number);
      rest -= along ** 2;
    }
    distances[row] = Math.sqrt(Math.max(0, rest));
  }
  return distances;
}

function judged(before: Float64Array, now: Float64Array, nComponents: number): ReconstructionDrift {
  const size = Math.max(10, Math.min(now.length, Math.floor(before.length / CHUNKS)));
  const nChunks = Math.floor(before.length / size);
  const chunks = Float64Array.from({ length: nChunks }, (_, i) => meanOf(before.subarray(i * size, (i + 1) * size)));
  const reference = meanOf(chunks);
  const spread =
    3 * Math.sqrt(chunks.reduce((sum, each) => sum + (each - reference) ** 2, 0) / Math.max(1, nChunks - 1));
  const error = meanOf(now);
  const band = [reference - spread, reference + spread] as const;
  return { error, reference, band, nComponents, isDrifted: error < band[0] || error > band[1] };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
