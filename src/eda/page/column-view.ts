// What the page knows of one column: its profile, its alerts and the columns it goes with. The page's own script reads the same.
import type { ColumnProfile } from '../column-profile-types.js';
import type { Profile } from '../profile-types.js';

/** A column as the page shows it. */
export interface ColumnView {
  readonly column: ColumnProfile;
  /** Worst first. */
  readonly alerts: readonly { readonly level: 'bad' | 'warn' | 'info'; readonly text: string }[];
  /** The columns most associated with it and how strongly, in [-1, 1], strongest first. */
  readonly related: readonly (readonly [name: string, value: number])[];
}

const MAX_RELATED = 5;
const WEAKEST_RELATED = 0.1;

/** Every column of a profile, in the order of the table. */
export function columnViews({ columns, alerts, associations }: Profile): ColumnView[] {
  const byColumn = new Map<string, ColumnView['alerts'][number][]>();
  for (const { column, level, text } of alerts) {
    if (column === undefined) continue;
    const list = byColumn.get(column) ?? [];
    byColumn.set(column, list);
    list.push({ level, text });
  }
  const strongest = relatedColumns(associations.matrices[0]);
  return columns.map((column) => ({
    column,
    alerts: byColumn.get(column.name) ?? [],
    related: strongest.get(column.name) ?? [],
  }));
}

function relatedColumns(
  matrix: Profile['associations']['matrices'][number] | undefined,
): ReadonlyMap<string, ColumnView['related']> {
  if (matrix === undefined) return new Map();
  const { columns, values } = matrix;
  return new Map(
    columns.map((name, row): [string, ColumnView['related']] => {
      const pairs = columns.map((other, at): [string, number] => [other, at === row ? 0 : (values[row]?.[at] ?? 0)]);
      const found = pairs.filter(([, value]) => Math.abs(value) >= WEAKEST_RELATED);
      found.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
      return [name, found.slice(0, MAX_RELATED)];
    }),
  );
}
