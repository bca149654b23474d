import { TabwrightError } from '../core/tabwright-error.js';
import type { RowSlots } from '../core/transformer.js';

/** Slots with their number so far. */
export interface CountedRowSlots extends RowSlots {
  readonly size: number;
}

/** Slots that start with these columns at positions 0, 1, …; every column keeps its position. */
export function rowSlots(columns: readonly string[]): CountedRowSlots {
  const positions = new Map(columns.map((name, position) => [name, position]));
  return {
    get size() {
      return positions.size;
    },
    read(column) {
      const position = positions.get(column);
      if (position === undefined) throw new TabwrightError('COLUMN_MISSING', `column ${column} is not in the row`);
      return position;
    },
    write(column) {
      const position = positions.get(column) ?? positions.size;
      positions.set(column, position);
      return position;
    },
  };
}
