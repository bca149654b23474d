// All columns against a reference, and whether the whole has drifted.
import type { DriftSettings } from '../drift-options.js';
import type { ColumnDrift, DriftModel, DriftReport, MultivariateDrift } from '../drift-report.js';
import { benjaminiHochberg } from '../measures/benjamini-hochberg.js';
import type { ColumnReference, DriftReference } from '../reference/drift-reference.js';
import type { ColumnTally } from '../window/column-tally.js';
import type { Tallies } from '../window/reference-counters.js';
import type { ColumnSamples } from './column-samples.js';
import { compareColumn } from './compare-column.js';

/** What is known beside the tallies. */
interface Beside {
  /** Raw samples by column, in place of the reference's bins. */
  readonly samples?: ReadonlyMap<string, ColumnSamples> | undefined;
  readonly multivariate?: MultivariateDrift;
  readonly model?: DriftModel | null;
}

const NOT_ASKED: MultivariateDrift = { classifier: null, reconstruction: null };

/** The report of what was counted. */
export function compareTallies(
  reference: DriftReference,
  tallies: Tallies,
  settings: DriftSettings,
  current: DriftReport['current'],
  { samples, multivariate = NOT_ASKED, model = null }: Beside = {},
): DriftReport {
  const compared = reference.columns.map((column, i) =>
    compareColumn(column, tallies.columns[i] as ColumnTally, settings, samples?.get(column.name)),
  );
  const columns = settings.correction === 'none' ? compared : adjusted(compared);
  const outcome = (column: ColumnReference | null, tally: ColumnTally | null): ColumnDrift | null =>
    column === null || tally === null || tally.cells.every((count) => count === 0)
      ? null
      : compareColumn(column, tally, settings);
  const drifted = countDrifted(columns);
  const isDriftedTogether =
    multivariate.classifier?.isDrifted === true || multivariate.reconstruction?.isDrifted === true;
  return {
    format: 'tabwright.drift/1',
    model,
    reference: { nRows: reference.nRows },
    current,
    isDrifted: (drifted.of > 0 && drifted.share >= settings.driftShare) || isDriftedTogether,
    drifted,
    settings,
    columns,
    score: outcome(reference.score, tallies.score),
    prediction: outcome(reference.prediction, tallies.prediction),
    target: outcome(reference.target, tallies.target),
    multivariate,
  };
}

function countDrifted(columns: readonly ColumnDrift[]): DriftReport['drifted'] {
  const judged = columns.filter(({ measure }) => measure !== null);
  const count = judged.filter(({ isDrifted }) => isDrifted).length;
  return {
    count,
    of: judged.length,
    share: judged.length === 0 ? 0 : count / judged.length,
    expectedFalse: judged.reduce((sum, { falseAlarmRate }) => sum + (falseAlarmRate ?? 0), 0),
  };
}

/** P-values adjusted over the columns that were tested. */
function adjusted(columns: readonly ColumnDrift[]): ColumnDrift[] {
  const tested = columns.filter(({ pValue }) => pValue !== null);
  const pValues = benjaminiHochberg(tested.map(({ pValue }) => pValue as number));
  const byName = new Map(tested.map(({ name }, i) => [name, pValues[i] as number]));
  return columns.map((column) => {
    const adjustedPValue = byName.get(column.name);
    if (adjustedPValue === undefined) return column;
    return { ...column, adjustedPValue, isDrifted: adjustedPValue <= column.threshold };
  });
}
