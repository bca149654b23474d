// Every broken rule of a table in one report; cells are never in it, only kinds, counts and positions.
import type { Problem } from '../../core/problem.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Severity } from './check-options.js';

/** One broken rule. */
export interface CheckFailure extends Problem {
  readonly severity: Severity;
  /** For a rule about the table as a whole: the number it is about, such as the mean or the share of missing cells. */
  readonly observed?: number;
}

/** What checks found. */
export interface CheckReport {
  /** Whether no rule with severity `error` was broken. */
  readonly ok: boolean;
  readonly nRows: number;
  /** In order of the declaration. Rules about the table as a whole have no rows and count 0. */
  readonly failures: readonly CheckFailure[];
  /**
   * @param what first words of the message: "customers.csv"
   * @throws VALIDATION_FAILED with the first three errors in the message and all of them in `problems`
   */
  throwIfErrors(what?: string): void;
}

/** Makes the report. */
export function checkReport(nRows: number, failures: readonly CheckFailure[]): CheckReport {
  const errors = failures.filter(({ severity }) => severity === 'error');
  return {
    ok: errors.length === 0,
    nRows,
    failures,
    throwIfErrors(what = 'checks') {
      if (errors.length === 0) return;
      const shown = errors.slice(0, 3).map(inWords);
      const more = errors.length > shown.length ? `; and ${errors.length - shown.length} more problems` : '';
      throw new TabwrightError('VALIDATION_FAILED', `${what}: ${shown.join('; ')}${more}`, { problems: errors });
    },
  };
}

function inWords({ column, rule, kind, count, rows }: Problem): string {
  const subject = column === '' ? rule : `${column} ${rule}`;
  if (count === 0 || rows.length === 0) return subject;
  return `${subject}, got ${kind} (${count === 1 ? `row ${rows[0]}` : `${count} rows, first ${rows[0]}`})`;
}
