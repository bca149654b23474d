// Data checks in the manner of pandera: rules declared once, every failure of a table in one report, and bad rows dropped by name.
import type { ColumnTable } from 'arquero';
import { plainTable } from '../../table/plain-table.js';
import { takeRows } from '../../table/take-rows.js';
import type { ChecksDefinition } from './check-options.js';
import type { CheckFailure, CheckReport } from './check-report.js';
import { checkReport } from './check-report.js';
import { absentColumns, checkRows, checkWhole } from './find-failures.js';
import { readChecks } from './read-checks.js';

/** How to run checks. */
export interface CheckControl {
  /** The time that `newestDays` counts from; that of the call where absent. */
  readonly now?: Date | undefined;
}

/** How many rows one rule dropped; a row that breaks two rules counts for both. */
export interface DroppedRows {
  /** Columns of the rule, separated by commas. */
  readonly column: string;
  readonly rule: string;
  readonly count: number;
}

/** What is left of a table without its broken rows. */
export interface KeptRows {
  readonly table: ColumnTable;
  readonly nDropped: number;
  readonly dropped: readonly DroppedRows[];
  /**
   * What dropping did not mend: absent columns, and rules about the table as a whole, asked of the kept rows; and warnings,
   * whose positions are those of the table before.
   */
  readonly report: CheckReport;
}

/** Declared checks. Both methods leave the table alone. */
export interface Checks {
  /** @throws COLUMN_INVALID for a column of several kinds of values, VALUE_INVALID where a rule of the user throws */
  run(table: ColumnTable, control?: CheckControl): CheckReport;
  /** Drops rows that break a rule of severity `error`. @throws as `run` */
  dropInvalid(table: ColumnTable, control?: CheckControl): KeptRows;
}

/**
 * Declares checks.
 * @throws OPTION_INVALID, OPTION_UNKNOWN naming the column or rule
 * @example
 * const usable = checks({
 *   columns: { age: { min: 0, max: 120, maxMissing: 0.05 }, plan: { levels: ['free', 'pro'] } },
 *   rules: { 'ends after it starts': { columns: ['start', 'end'], row: ({ start, end }) => Number(end) >= Number(start) } },
 *   rows: { min: 1 },
 * });
 * usable.run(table).throwIfErrors();
 */
export function checks(definition: ChecksDefinition): Checks {
  const plan = readChecks(definition);
  return {
    run(table, control = {}) {
      const plain = plainTable(table);
      const { failures } = checkRows(plan, plain);
      return checkReport(plain.numRows(), [
        ...absentColumns(plan, plain),
        ...failures,
        ...checkWhole(plan, plain, timeOf(control)),
      ]);
    },
    dropInvalid(table, control = {}) {
      const plain = plainTable(table);
      const { failures, keep } = checkRows(plan, plain);
      const kept = keep.length === plain.numRows() ? plain : takeRows(plain, keep);
      const isDropped = ({ severity, count }: CheckFailure) => severity === 'error' && count > 0;
      const report = checkReport(kept.numRows(), [
        ...absentColumns(plan, plain),
        ...failures.filter((failure) => !isDropped(failure)),
        ...checkWhole(plan, kept, timeOf(control)),
      ]);
      const dropped = failures.filter(isDropped).map(({ column, rule, count }) => ({ column, rule, count }));
      return { table: kept, nDropped: plain.numRows() - keep.length, dropped, report };
    },
  };
}

function timeOf({ now }: CheckControl): number {
  return now === undefined ? Date.now() : now.getTime();
}
