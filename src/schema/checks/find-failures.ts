// Runs the rules of a plan over a plain table, column by column.
import type { ColumnTable } from 'arquero';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { readColumn } from '../../table/read-column.js';
import type { CheckFailure } from './check-report.js';
import type { CheckPlan, RowCheck } from './read-checks.js';
import { missingAt } from './row-rules.js';
import { isWithin } from './table-rules.js';

const ROWS_SHOWN = 5;

/** The required columns that the table does not have. */
export function absentColumns({ required }: CheckPlan, table: ColumnTable): CheckFailure[] {
  return [...required]
    .filter(([name]) => table.columnIndex(name) < 0)
    .map(([column, severity]) => ({
      column,
      rule: 'is not a column of the table',
      kind: 'undefined',
      count: 0,
      rows: [],
      severity,
    }));
}

/** The broken rules of single rows, and `keep`, Uint32Array of the rows that break none of severity `error`. */
export function checkRows(plan: CheckPlan, table: ColumnTable): { failures: CheckFailure[]; keep: Uint32Array } {
  const read = columnReader(table);
  const drop = new Uint8Array(table.numRows());
  const broken = new Uint8Array(table.numRows());
  const failures: CheckFailure[] = [];
  for (const check of plan.rowChecks) {
    const columns = read(check.columns);
    if (columns === undefined) continue;
    broken.fill(0);
    const failure = check.mark(columns, broken) ? brokenRows(check, columns, broken) : brokenTable(check);
    if (failure === undefined) continue;
    failures.push(failure);
    if (check.severity === 'error') for (let row = 0; row < drop.length; row++) if (broken[row] === 1) drop[row] = 1;
  }
  return { failures, keep: keptRows(drop) };
}

/** The broken rules about whole columns and the number of rows. @param now epoch milliseconds */
export function checkWhole(plan: CheckPlan, table: ColumnTable, now: number): CheckFailure[] {
  const read = columnReader(table);
  const failures: CheckFailure[] = [];
  const add = (column: string, rule: string, severity: CheckFailure['severity'], observed: number) =>
    failures.push({ column, rule, kind: 'number', count: 0, rows: [], severity, observed });
  for (const { columns, rule, severity, whole } of plan.wholeChecks) {
    const [column] = read(columns) ?? [];
    const observed = column && whole.measure(column, now);
    if (observed !== undefined && !isWithin(observed, whole.bounds)) add(columns.join(', '), rule, severity, observed);
  }
  const { rows } = plan;
  if (rows !== undefined && !isWithin(table.numRows(), rows.bounds)) add('', rows.rule, rows.severity, table.numRows());
  return failures;
}

/** Reads columns once; undefined where one is not there. */
function columnReader(table: ColumnTable): (names: readonly string[]) => Column[] | undefined {
  const known = new Map<string, Column>();
  return (names) => {
    if (names.some((name) => table.columnIndex(name) < 0)) return undefined;
    return names.map((name) => {
      const column = known.get(name) ?? readColumn(table, name);
      known.set(name, column);
      return column;
    });
  };
}

function brokenRows(
  { columns, rule, severity }: RowCheck,
  read: readonly Column[],
  broken: Uint8Array,
): CheckFailure | undefined {
  let count = 0;
  for (const flag of broken) count += flag;
  if (count === 0) return undefined;
  const rows: number[] = [];
  for (let row = broken.indexOf(1); row !== -1 && rows.length < ROWS_SHOWN; row = broken.indexOf(1, row + 1)) {
    rows.push(row);
  }
  const [only] = read.length === 1 ? read : [];
  const kind = only === undefined ? 'row' : missingAt(only)(rows[0] as number) ? 'null' : kindOf(only);
  return { column: columns.join(', '), rule, kind, count, rows, severity };
}

function brokenTable({ columns, rule, severity }: RowCheck): CheckFailure {
  return { column: columns.join(', '), rule, kind: 'table', count: 0, rows: [], severity };
}

function kindOf(column: Column): string {
  if (column instanceof DictionaryColumn) return 'string';
  if (column instanceof BooleanColumn) return 'boolean';
  return column instanceof DateColumn ? 'date' : 'number';
}

function keptRows(drop: Uint8Array): Uint32Array {
  const rows = new Uint32Array(drop.length);
  let nKept = 0;
  for (let row = 0; row < drop.length; row++) if (drop[row] === 0) rows[nKept++] = row;
  return rows.subarray(0, nKept);
}
