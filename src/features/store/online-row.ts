// One entity's features as the text that an online store keeps: a JSON list of their time and their cells in declared order.
import type { Cell } from '../../core/cell.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { ViewType } from '../view-types.js';
import type { FeatureColumnType } from './view-definition.js';

/** Features with the time as of which they are. */
export interface OnlineRow {
  readonly asOfMs: number;
  readonly row: Readonly<Record<string, Cell>>;
}

/** The key of an entity: a number and its text are two entities. */
export function onlineKey(entity: string | number): string {
  return typeof entity === 'number' ? `n${entity}` : `s${entity}`;
}

/** The text of a row; NaN and null are missing. */
export function writeOnlineRow(asOfMs: number, cells: readonly Cell[]): string {
  return JSON.stringify([asOfMs, ...cells.map(plainCell)]);
}

/** The row of a text. @throws BUNDLE_INVALID where the text is none of {@link writeOnlineRow} for these columns */
export function readOnlineRow(text: string, columns: readonly FeatureColumnType[]): OnlineRow {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {}
  const row: Record<string, Cell> = {};
  let isWhole = Array.isArray(list) && list.length === columns.length + 1 && typeof list[0] === 'number';
  const cells = isWhole ? (list as unknown[]) : [];
  for (const [position, { name, type }] of columns.entries()) {
    const cell = typedCell(cells[position + 1], type);
    if (cell === undefined) isWhole = false;
    row[name] = cell;
  }
  if (isWhole) return { asOfMs: cells[0] as number, row };
  throw new TabwrightError('BUNDLE_INVALID', 'online store: an entry is cut off or altered');
}

/** JSON has neither dates nor -0 nor infinite numbers. */
function plainCell(cell: Cell): string | number | boolean | null {
  if (cell instanceof Date) return cell.getTime();
  if (cell === undefined || Number.isNaN(cell)) return null;
  if (typeof cell !== 'number' || (Number.isFinite(cell) && !Object.is(cell, -0))) return cell;
  return Object.is(cell, -0) ? '-0' : String(cell);
}

/** Undefined where the cell is not of the type. */
function typedCell(cell: unknown, type: ViewType): Cell {
  if (cell === null) return null;
  switch (type) {
    case 'number': {
      const value = typeof cell === 'string' ? Number(cell) : cell;
      return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
    }
    case 'datetime':
      return typeof cell === 'number' ? new Date(cell) : undefined;
    default:
      return typeof cell === type ? (cell as string | boolean) : undefined;
  }
}
