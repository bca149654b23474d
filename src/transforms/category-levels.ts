// The categories of a column: what one-hot and ordinal learn, and how a column or a cell is turned into their positions.
import type { Cell } from '../core/cell.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { columnKind } from './column-kind.js';

/** What the cells of a categorical column are. */
export type LevelType = 'string' | 'number' | 'boolean';

/** A column with its categories as strings, by position. */
export interface CategoryColumn {
  readonly name: string;
  readonly type: LevelType;
  readonly levels: readonly string[];
}

/** Stands for a missing cell where a position is expected. */
export const MISSING = -1;
/** Stands for a category that is not among the levels. */
export const UNKNOWN = -2;

/** Position of a cell's category, MISSING or UNKNOWN. @throws VALUE_INVALID where the cell is of another type */
export type CellCode = (cell: Cell) => number;

/** Compiles the look-up of single cells. A column that had no value when it was learned takes any type: all is unknown. */
export function cellCode(step: string, of: CategoryColumn): CellCode {
  const positions = levelPositions(of);
  const { type, name } = of;
  const anyType = of.levels.length === 0;
  return (cell) => {
    const found = positions.get(cell);
    if (found !== undefined) return found;
    if (cell === null || cell === undefined || Number.isNaN(cell)) return MISSING;
    if (typeof cell === 'object' || (typeof cell !== type && !anyType)) {
      throw new TabwrightError('VALUE_INVALID', `${step}: column ${name} must be a ${type}, got ${valueKind(cell)}`);
    }
    return UNKNOWN;
  };
}

/** Int32Array [nRows]: position of each row's category, MISSING or UNKNOWN. @throws COLUMN_INVALID for another type */
export function columnCodes(step: string, of: CategoryColumn, column: Column): Int32Array {
  const kind = columnKind(column);
  if (kind === 'nothing') return new Int32Array(column.length).fill(MISSING);
  if (kind === 'dates' || (kind !== `${of.type}s` && of.levels.length > 0)) {
    throw new TabwrightError('COLUMN_INVALID', `${step}: column ${of.name} must hold ${of.type}s, got ${kind}`);
  }
  const positions = levelPositions(of);
  const code = (cell: Cell): number => positions.get(cell) ?? UNKNOWN;
  if (column instanceof DictionaryColumn) return translate(column.codes, column.values.map(code));
  if (column instanceof BooleanColumn) return translate(column.codes, [code(false), code(true)]);
  return Int32Array.from(column as Float64Array, (value) => (Number.isNaN(value) ? MISSING : code(value)));
}

function translate(codes: Int32Array | Int8Array, positions: readonly number[]): Int32Array {
  const found = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    found[row] = code < 0 ? MISSING : (positions[code] as number);
  }
  return found;
}

function levelPositions(of: CategoryColumn): ReadonlyMap<Cell, number> {
  return new Map(of.levels.map((level, position) => [levelCell(of.type, level), position]));
}

/** The cell that a level stands for. */
export function levelCell(type: LevelType, level: string): Cell {
  return type === 'string' ? level : type === 'number' ? Number(level) : level === 'true';
}
