// The rules of one column that single cells keep or break, each as one pass over the typed column.
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { TYPE_RULES } from '../field-check.js';
import { parseInstant } from '../parse-instant.js';
import type { ColumnRules } from './check-options.js';
import { duplicateRows } from './duplicate-rows.js';

/** A rule and the pass that marks the rows that break it. */
export interface CellRule {
  /** In words: "must be >= 0". */
  readonly rule: string;
  /** Sets 1 in `broken` (Uint8Array [nRows], all 0) for each row that breaks the rule. */
  mark(column: Column, broken: Uint8Array): void;
}

/** The rules of a column, in a fixed order. */
export function cellRules(rules: ColumnRules): CellRule[] {
  return [...typeRules(rules), ...numberRules(rules), ...dateRules(rules), ...stringRules(rules), ...valueRules(rules)];
}

/** Whether the cell in a row is missing. */
export function missingAt(column: Column): (row: number) => boolean {
  if (column instanceof DictionaryColumn || column instanceof BooleanColumn) return (row) => column.codes[row] === -1;
  const values = column instanceof DateColumn ? column.epochMs : column;
  return (row) => Number.isNaN(values[row]);
}

function typeRules({ type, nullable }: ColumnRules): CellRule[] {
  const rules: CellRule[] = [];
  if (!nullable) rules.push({ rule: 'is required', mark: markMissing });
  if (type === 'string') rules.push({ rule: TYPE_RULES.string, mark: markOthers(DictionaryColumn) });
  if (type === 'boolean') rules.push({ rule: TYPE_RULES.boolean, mark: markOthers(BooleanColumn) });
  if (type === 'datetime') rules.push({ rule: TYPE_RULES.datetime, mark: markOthers(DateColumn) });
  if (type === 'integer') rules.push({ rule: TYPE_RULES.integer, mark: markNumbers(Number.isInteger) });
  if (type === 'number') rules.push({ rule: 'must be a finite number', mark: markNumbers(Number.isFinite) });
  return rules;
}

function numberRules({ min, max, exclusiveMin, exclusiveMax }: ColumnRules): CellRule[] {
  const rules: CellRule[] = [];
  if (min !== undefined) rules.push({ rule: `must be >= ${min}`, mark: markNumbers((value) => value >= min) });
  if (max !== undefined) rules.push({ rule: `must be <= ${max}`, mark: markNumbers((value) => value <= max) });
  if (exclusiveMin !== undefined) {
    rules.push({ rule: `must be > ${exclusiveMin}`, mark: markNumbers((value) => value > exclusiveMin) });
  }
  if (exclusiveMax !== undefined) {
    rules.push({ rule: `must be < ${exclusiveMax}`, mark: markNumbers((value) => value < exclusiveMax) });
  }
  return rules;
}

function dateRules({ earliest, latest }: ColumnRules): CellRule[] {
  const rules: CellRule[] = [];
  if (earliest !== undefined) {
    const bound = parseInstant(earliest);
    rules.push({ rule: `must be at or after ${earliest}`, mark: markDates((ms) => ms >= bound) });
  }
  if (latest !== undefined) {
    const bound = parseInstant(latest);
    rules.push({ rule: `must be at or before ${latest}`, mark: markDates((ms) => ms <= bound) });
  }
  return rules;
}

function stringRules({ pattern, minLength, maxLength }: ColumnRules): CellRule[] {
  const rules: CellRule[] = [];
  if (pattern !== undefined) {
    const expression = new RegExp(pattern, 'u');
    rules.push({ rule: 'must match the declared pattern', mark: markStrings((value) => expression.test(value)) });
  }
  if (minLength !== undefined) {
    const rule = `must have at least ${minLength} characters`;
    rules.push({ rule, mark: markStrings((value) => value.length >= minLength) });
  }
  if (maxLength !== undefined) {
    const rule = `must have at most ${maxLength} characters`;
    rules.push({ rule, mark: markStrings((value) => value.length <= maxLength) });
  }
  return rules;
}

function valueRules({ levels, unique }: ColumnRules): CellRule[] {
  const rules: CellRule[] = [];
  if (levels !== undefined) {
    const rule = `must be one of the ${levels.length} declared values`;
    rules.push({ rule, mark: markLevels(new Set(levels)) });
  }
  if (unique) rules.push({ rule: 'must be unique', mark: (column, broken) => duplicateRows([column], broken) });
  return rules;
}

function markMissing(column: Column, broken: Uint8Array): void {
  const isMissing = missingAt(column);
  for (let row = 0; row < broken.length; row++) if (isMissing(row)) broken[row] = 1;
}

function markPresent(column: Column, broken: Uint8Array): void {
  const isMissing = missingAt(column);
  for (let row = 0; row < broken.length; row++) if (!isMissing(row)) broken[row] = 1;
}

/** Every present cell of a column of another kind breaks the rule. */
function markOthers(wanted: new (...given: never[]) => Column): CellRule['mark'] {
  return (column, broken) => {
    if (!(column instanceof wanted)) markPresent(column, broken);
  };
}

function markNumbers(holds: (value: number) => boolean): CellRule['mark'] {
  return (column, broken) => {
    if (column instanceof Float64Array) markValues(column, broken, holds);
    else markPresent(column, broken);
  };
}

function markDates(holds: (epochMs: number) => boolean): CellRule['mark'] {
  return (column, broken) => {
    if (column instanceof DateColumn) markValues(column.epochMs, broken, holds);
    else markPresent(column, broken);
  };
}

function markValues(values: Float64Array, broken: Uint8Array, holds: (value: number) => boolean): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    if (!holds(value) && !Number.isNaN(value)) broken[row] = 1;
  }
}

/** Asks once for each distinct string. */
function markStrings(holds: (value: string) => boolean): CellRule['mark'] {
  return (column, broken) => {
    if (!(column instanceof DictionaryColumn)) {
      markPresent(column, broken);
      return;
    }
    const breaks = Uint8Array.from(column.values, (value) => (holds(value) ? 0 : 1));
    for (let row = 0; row < broken.length; row++) {
      const code = column.codes[row] as number;
      if (code !== -1) broken[row] = breaks[code] as number;
    }
  };
}

function markLevels(levels: ReadonlySet<unknown>): CellRule['mark'] {
  return (column, broken) => {
    if (column instanceof DictionaryColumn) markStrings((value) => levels.has(value))(column, broken);
    else if (column instanceof Float64Array) markValues(column, broken, (value) => levels.has(value));
    else if (column instanceof DateColumn) markPresent(column, broken);
    else {
      const breaks = [levels.has(false) ? 0 : 1, levels.has(true) ? 0 : 1];
      for (let row = 0; row < broken.length; row++) broken[row] = breaks[column.codes[row] as number] ?? 0;
    }
  };
}
