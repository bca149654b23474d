// Reads the declaration of checks: every option checked once, and each rule as a pass over a table's columns.
import type { Cell } from '../../core/cell.js';
import { optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Column } from '../../table/column.js';
import { parseInstant } from '../parse-instant.js';
import type { Bounded, CheckRule, ChecksDefinition, ColumnCheck, ColumnRules, Severity } from './check-options.js';
import { columnCheckOptions } from './check-options.js';
import { duplicateRows } from './duplicate-rows.js';
import { cellRules } from './row-rules.js';
import type { WholeRule } from './table-rules.js';
import { boundsInWords, wholeRules } from './table-rules.js';

interface Named {
  /** The columns it reads. It is passed over where one is absent. */
  readonly columns: readonly string[];
  readonly rule: string;
  readonly severity: Severity;
}

/** A rule that single rows keep or break. `mark` returns false where it is broken by no row but by the table as a whole. */
export interface RowCheck extends Named {
  mark(columns: readonly Column[], broken: Uint8Array): boolean;
}

/** A rule about one whole column. */
export interface WholeCheck extends Named {
  readonly whole: WholeRule;
}

/** Checks, complete. */
export interface CheckPlan {
  /** Columns that must be there, and how bad it is where they are not. */
  readonly required: ReadonlyMap<string, Severity>;
  readonly rowChecks: readonly RowCheck[];
  readonly wholeChecks: readonly WholeCheck[];
  readonly rows: { readonly rule: string; readonly bounds: Bounded; readonly severity: Severity } | undefined;
}

const boundsOptions = optionsTable('bounds', {
  min: { type: 'number', default: undefined, doc: 'Least value.' },
  max: { type: 'number', default: undefined, doc: 'Largest value.' },
});
const { severity: severitySpec } = columnCheckOptions.specs;
const severityOptions = optionsTable('check', { severity: severitySpec });

/** @throws OPTION_INVALID, OPTION_UNKNOWN naming the column or rule */
export function readChecks(definition: ChecksDefinition): CheckPlan {
  const required = new Map<string, Severity>();
  const demand = (name: string, severity: Severity) => {
    if (required.get(name) !== 'error') required.set(name, severity);
  };
  const rowChecks: RowCheck[] = [];
  const wholeChecks: WholeCheck[] = [];
  for (const [name, given] of Object.entries(definition.columns ?? {})) {
    const list: readonly ColumnCheck[] = Array.isArray(given) ? given : [given];
    for (const rules of list.map((check) => readColumnCheck(name, check))) {
      const { severity, optional } = rules;
      const named = { columns: [name], severity };
      if (!optional) demand(name, severity);
      for (const cell of cellRules(rules)) rowChecks.push({ ...named, rule: cell.rule, mark: onOneColumn(cell.mark) });
      for (const whole of wholeRules(rules)) wholeChecks.push({ ...named, rule: whole.rule, whole });
    }
  }
  const unique = (definition.unique ?? []).map(({ columns, severity }) => uniqueCheck(columns, severity));
  const rules = Object.entries(definition.rules ?? {}).map(([name, rule]) => ruleCheck(name, rule));
  for (const check of [...unique, ...rules]) {
    for (const name of check.columns) demand(name, check.severity);
    rowChecks.push(check);
  }
  return { required, rowChecks, wholeChecks, rows: readRows(definition.rows) };
}

function readColumnCheck(name: string, { levels, quantiles, ...scalars }: ColumnCheck): ColumnRules {
  const what = `checks: column ${name}`;
  const options = resolveOptions({ ...columnCheckOptions, name: what }, scalars);
  for (const text of [options.earliest, options.latest]) {
    if (text !== undefined && Number.isNaN(parseInstant(text))) {
      throw invalid(`${what}: earliest and latest must be ISO 8601 dates or date-times`);
    }
  }
  checkPattern(what, options.pattern);
  for (const bounds of [options.mean, options.sd]) if (bounds !== undefined) readBounds(what, bounds);
  const shares = Object.entries(quantiles ?? {}).map(([share, bounds]) => readQuantile(what, share, bounds));
  if (levels !== undefined && !(Array.isArray(levels) && levels.length > 0)) {
    throw invalid(`${what}: levels must be a list of values`);
  }
  return { ...options, levels: levels && [...levels], quantiles: shares };
}

function readQuantile(what: string, share: string, bounds: Bounded): [number, Bounded] {
  const value = share.trim() === '' ? Number.NaN : Number(share);
  if (!(value >= 0 && value <= 1)) throw invalid(`${what}: quantiles must be named by shares in [0, 1]`);
  return [value, readBounds(what, bounds)];
}

function readBounds(what: string, given: object): Bounded {
  const { min, max } = resolveOptions({ ...boundsOptions, name: `${what}: bounds` }, { ...given });
  if (min === undefined && max === undefined) throw invalid(`${what}: bounds must have min, max or both`);
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function checkPattern(what: string, pattern: string | undefined): void {
  try {
    if (pattern !== undefined) new RegExp(pattern, 'u');
  } catch (cause) {
    throw new TabwrightError('OPTION_INVALID', `${what}: pattern must be a regular expression`, { cause });
  }
}

function readRows(given: ChecksDefinition['rows']): CheckPlan['rows'] {
  if (given === undefined) return undefined;
  const { severity, ...rest } = given;
  const bounds = readBounds('checks: rows', rest);
  return { rule: `number of rows ${boundsInWords(bounds)}`, bounds, severity: readSeverity('checks: rows', severity) };
}

function readSeverity(what: string, severity: Severity | undefined): Severity {
  return resolveOptions({ ...severityOptions, name: what }, { severity }).severity;
}

function onOneColumn(mark: (column: Column, broken: Uint8Array) => void): RowCheck['mark'] {
  return ([column], broken) => {
    mark(column as Column, broken);
    return true;
  };
}

function uniqueCheck(columns: readonly string[], severity: Severity | undefined): RowCheck {
  if (columns.length === 0) throw invalid('checks: unique must name columns');
  return {
    columns,
    rule: 'must be unique',
    severity: readSeverity('checks: unique', severity),
    mark(read, broken) {
      duplicateRows(read, broken);
      return true;
    },
  };
}

function ruleCheck(rule: string, { columns, severity, row, table }: CheckRule): RowCheck {
  const what = `checks: rule ${JSON.stringify(rule)}`;
  if ((row === undefined) === (table === undefined)) throw invalid(`${what} must have either row or table`);
  const mark = row === undefined ? undefined : markRows(what, columns, row);
  return {
    columns,
    rule,
    severity: readSeverity(what, severity),
    mark: mark ?? markTable(what, columns, table as NonNullable<CheckRule['table']>),
  };
}

function markRows(what: string, names: readonly string[], holds: NonNullable<CheckRule['row']>): RowCheck['mark'] {
  return (columns, broken) => {
    for (let at = 0; at < broken.length; at++) {
      const row: Record<string, Cell> = {};
      for (const [i, column] of columns.entries()) row[names[i] as string] = presentCell(column.at(at));
      if (
        !asked(
          () => `${what} threw in row ${at}`,
          () => holds(row),
        )
      )
        broken[at] = 1;
    }
    return true;
  };
}

function markTable(what: string, names: readonly string[], holds: NonNullable<CheckRule['table']>): RowCheck['mark'] {
  return (columns, broken) => {
    const given = Object.fromEntries(columns.map((column, i) => [names[i] as string, column]));
    const found = asked(
      () => `${what} threw`,
      () => holds(given),
    );
    if (typeof found === 'boolean') return found;
    if (found.length !== broken.length) {
      throw new TabwrightError('VALUE_INVALID', `${what} must give ${broken.length} rows, got ${found.length}`);
    }
    for (let at = 0; at < broken.length; at++) broken[at] = found[at] ? 0 : 1;
    return true;
  };
}

function asked<T>(what: () => string, rule: () => T): T {
  try {
    return rule();
  } catch (cause) {
    throw new TabwrightError('VALUE_INVALID', what(), { cause });
  }
}

function presentCell(cell: Cell): Cell {
  return Number.isNaN(cell) ? null : cell;
}

function invalid(message: string): TabwrightError {
  return new TabwrightError('OPTION_INVALID', message);
}
