// Gathers broken rules over many rows into one problem a column and rule.
import type { Problem } from '../core/problem.js';
import { TabwrightError } from '../core/tabwright-error.js';

const ROWS_SHOWN = 5;

/** Adds up broken rules; `problems` are in order of first appearance. */
export class ProblemCollector {
  private readonly byRule = new Map<
    string,
    { column: string; rule: string; kind: string; count: number; rows: number[] }
  >();

  /** @param count rows it stands for, where a whole column is wrong at once */
  add(column: string, rule: string, kind: string, row: number, count = 1): void {
    const key = `${column}\u0000${rule}`;
    const problem = this.byRule.get(key) ?? { column, rule, kind, count: 0, rows: [] };
    this.byRule.set(key, problem);
    problem.count += count;
    if (problem.rows.length < ROWS_SHOWN) problem.rows.push(row);
  }

  get problems(): readonly Problem[] {
    return [...this.byRule.values()];
  }

  /** @throws VALIDATION_FAILED where a rule was broken; the message has the first three problems, `problems` all */
  throwIfAny(what: string): void {
    const { problems } = this;
    if (problems.length === 0) return;
    const shown = problems.slice(0, 3).map((problem) => describe(problem));
    const more = problems.length > shown.length ? `; and ${problems.length - shown.length} more problems` : '';
    throw new TabwrightError('VALIDATION_FAILED', `${what}: ${shown.join('; ')}${more}`, { problems });
  }
}

function describe({ column, rule, kind, count, rows }: Problem): string {
  const where = count === 1 ? `row ${rows[0]}` : `${count} rows, first ${rows[0]}`;
  return `${column === '' ? '' : `${column} `}${rule}, got ${kind} (${where})`;
}
