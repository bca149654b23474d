// One column's current values against its reference: what decides, by how much, and how often by chance.
import type { DriftMeasure } from '../drift-measure.js';
import { DRIFT_THRESHOLDS } from '../drift-measure.js';
import type { DriftSettings } from '../drift-options.js';
import type { ColumnDrift } from '../drift-report.js';
import type { ColumnReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';
import { BELOW_CELL } from '../window/column-tally.js';
import { binnedSamples } from './binned-samples.js';
import { categorySamples, countSamples } from './category-samples.js';
import { chooseMeasure } from './choose-measure.js';
import { columnDistribution } from './column-distribution.js';
import { columnQuality } from './column-quality.js';
import type { ColumnSamples } from './column-samples.js';
import { falseAlarmRate } from './false-alarm-rate.js';
import { measureSamples } from './measure-samples.js';
import { everyValueCounts, valueSamples } from './value-samples.js';

/** Shown of every column besides what decides. */
const ALSO_NUMERIC = ['wasserstein', 'psi', 'jensen-shannon', 'hellinger'] as const;
const ALSO_CATEGORICAL = ['psi', 'jensen-shannon', 'hellinger'] as const;

/**
 * Compares a column; the p-value is not adjusted yet.
 * @param exact raw samples in place of the reference's bins; absent where there are none
 */
export function compareColumn(
  column: ColumnReference,
  tally: ColumnTally,
  settings: DriftSettings,
  exact?: ColumnSamples,
): ColumnDrift {
  const common = {
    name: column.name,
    kind: column.kind,
    quality: columnQuality(column, tally, settings.qualityShare),
    distribution: columnDistribution(column, tally),
  };
  const binned = samplesOf(column, tally);
  if (binned === null) return { ...common, ...nothing(settings) };
  const samples = exact ?? binned;
  const measure = chooseMeasure(samples, settings);
  const judged = judge(measure, asCompared(samples, measure), settings);
  return { ...common, ...judged, measures: alsoMeasured(binned, measure) };
}

function samplesOf(column: ColumnReference, tally: ColumnTally): ColumnSamples | null {
  const isEmpty = tally.cells.subarray(BELOW_CELL).every((count) => count === 0);
  if (isEmpty || column.kind === 'datetime' || column.counts.length === 0) return null;
  if (column.kind === 'categorical') return categorySamples(column, tally);
  return column.isEveryValue ? valueSamples(everyValueCounts(column, tally), column) : binnedSamples(column, tally);
}

/** Numbers as categories where their few values are compared as such. */
function asCompared(samples: ColumnSamples, measure: DriftMeasure): ColumnSamples {
  const isFew = samples.kind === 'numeric' && samples.nDistinct <= FEW_VALUES;
  if (!isFew || !BY_CATEGORY.has(measure)) return samples;
  const { reference, current } = samples.counts;
  return countSamples(reference, current, samples.nDistinct);
}

const FEW_VALUES = 5;
const BY_CATEGORY: ReadonlySet<DriftMeasure> = new Set(['chi-squared', 'proportions', 'jensen-shannon']);

type Judged = Omit<ColumnDrift, 'name' | 'kind' | 'quality' | 'distribution' | 'measures'>;

function judge(measure: DriftMeasure, samples: ColumnSamples, settings: DriftSettings): Judged {
  const { value, pValue } = measureSamples(measure, samples);
  const threshold = pValue === null ? (settings.distance ?? DRIFT_THRESHOLDS[measure] ?? 0) : settings.level;
  const isDrifted = pValue === null ? value >= threshold : pValue <= threshold;
  return {
    measure,
    // A category that the reference never had makes chi-squared infinite, which JSON has no number for.
    value: Number.isFinite(value) ? value : null,
    pValue,
    adjustedPValue: pValue,
    threshold,
    isDrifted,
    falseAlarmRate: falseAlarmRate(measure, threshold, samples),
  };
}

function nothing({ level }: DriftSettings): Omit<ColumnDrift, 'name' | 'kind' | 'quality' | 'distribution'> {
  const none = { measure: null, value: null, pValue: null, adjustedPValue: null, falseAlarmRate: null };
  return { ...none, threshold: level, isDrifted: false, measures: {} };
}

function alsoMeasured(samples: ColumnSamples, decides: DriftMeasure): ColumnDrift['measures'] {
  const names = samples.kind === 'numeric' ? ALSO_NUMERIC : ALSO_CATEGORICAL;
  const others = names.filter((name) => name !== decides);
  return Object.fromEntries(others.map((name) => [name, measureSamples(name, samples).value]));
}
