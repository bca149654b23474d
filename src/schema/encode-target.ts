// The target column as numbers, and its labels in output order.
import type { ColumnTable } from 'arquero';
import type { Label } from '../core/cell.js';
import type { Target } from '../core/feature-spec.js';
import type { Problem } from '../core/problem.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';

/** A target ready to learn from. */
export interface EncodedTarget {
  /** The target with `classes` filled in, and for a binary task `positive`. */
  readonly target: Target;
  /** Float64Array [nRows]: 0 or 1, a class position, or a value. */
  readonly values: Float64Array;
  readonly nClasses: number;
}

/**
 * Encodes the target column. Classes are sorted (numbers by value, strings by code unit); a binary task has the positive one
 * last. Where `target.classes` is there already, those are used, and other labels are refused.
 * @throws COLUMN_MISSING
 * @throws TARGET_INVALID for missing values, one class only, labels that do not fit the task, or Infinity
 */
export function encodeTarget(table: ColumnTable, target: Target): EncodedTarget {
  const column = readColumn(plainTable(table), target.column);
  refuseMissing(column, target);
  if (target.task === 'regression') return { target, values: regressionValues(column, target), nClasses: 1 };
  const classes = target.classes ?? classesOf(column, target);
  // By text: a file that happens to hold number-like labels only is read as numbers, and means the same classes.
  const positions = new Map(classes.map((label, position) => [String(label), position]));
  const values = positionsOf(column, positions, target);
  const positive = target.task === 'binary' ? classes[1] : undefined;
  return {
    target: { ...target, classes, ...(positive === undefined ? {} : { positive }) },
    values,
    nClasses: classes.length,
  };
}

function refuseMissing(column: Column, target: Target): void {
  let count = 0;
  let first = -1;
  for (let row = 0; row < column.length; row++) {
    const cell = column.at(row);
    if (cell !== null && !Number.isNaN(cell)) continue;
    if (first === -1) first = row;
    count += 1;
  }
  if (count === 0) return;
  const problem = { column: target.column, rule: 'is required', kind: 'null', count, rows: [first] };
  throw invalid(
    target,
    `must not be missing, got null in ${count} rows, first ${first}; drop them or fill them in`,
    problem,
  );
}

function regressionValues(column: Column, target: Target): Float64Array {
  if (!(column instanceof Float64Array)) throw invalid(target, 'must be numbers for a regression task');
  const row = column.findIndex((value) => !Number.isFinite(value));
  if (row !== -1) throw invalid(target, `must be finite, got Infinity in row ${row}`);
  return column;
}

function classesOf(column: Column, target: Target): readonly Label[] {
  const labels = sortedLabels(column, target);
  if (labels.length < 2) throw invalid(target, 'must have at least two classes, got one class in every row');
  if (target.task === 'multiclass') return labels;
  if (labels.length > 2) {
    throw invalid(target, `must have two classes for a binary task, got ${labels.length}; use a multiclass task`);
  }
  const wanted = target.positive;
  const positive = wanted === undefined ? labels[1] : labels.find((label) => String(label) === String(wanted));
  if (positive === undefined) throw invalid(target, 'has no row with the positive label');
  return [...labels.filter((label) => label !== positive), positive];
}

function sortedLabels(column: Column, target: Target): Label[] {
  if (column instanceof BooleanColumn) return [false, true].filter((label) => column.codes.includes(Number(label)));
  if (column instanceof DictionaryColumn) {
    const seen = new Set(column.codes);
    return column.values.filter((_, code) => seen.has(code)).sort();
  }
  if (!(column instanceof Float64Array))
    throw invalid(target, 'must be strings, numbers or booleans for a classification task');
  return [...new Set(column)].sort((a, b) => a - b);
}

function positionsOf(column: Column, positions: ReadonlyMap<string, number>, target: Target): Float64Array {
  const values = new Float64Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const position = positions.get(String(column.at(row)));
    if (position === undefined) throw invalid(target, `has a label in row ${row} that the model does not know`);
    values[row] = position;
  }
  return values;
}

function invalid(target: Target, rule: string, problem?: Problem): TabwrightError {
  return new TabwrightError(
    'TARGET_INVALID',
    `target ${target.column} ${rule}`,
    problem === undefined ? {} : { problems: [problem] },
  );
}
