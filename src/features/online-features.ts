// The row path of a view: one entity's features from its own events, with the bits of the table path.
import type { Cell, RowData } from '../core/cell.js';
import { DAY_MS } from '../core/day-ms.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import { ProblemCollector } from '../schema/problem-collector.js';
import { rowReader } from '../schema/row-reader.js';
import { ExactSum } from './exact-sum.js';
import type { ViewPlan } from './source-spec.js';
import { sourceSpec } from './source-spec.js';
import type { ViewFeature, ViewSource } from './view-types.js';
import { windowMs } from './window-ms.js';

/** One row of a source: its typed cells in the order of the specification, and the row itself. */
interface ReadRow {
  readonly cells: readonly Cell[];
  readonly row: RowData;
  /** Epoch milliseconds; NaN for attributes. */
  readonly time: number;
}

type Rows = Readonly<Record<string, readonly RowData[]>>;
type Attributes = Readonly<Record<string, RowData | null | undefined>>;
type Compute = (rows: readonly ReadRow[], at: number) => Cell;

/** Compiles `online` of a view. */
export function onlineFeatures<Row>(plan: ViewPlan): (events: Rows, attributes: Attributes, at: Date | number) => Row {
  const sources = plan.sources.flatMap((source) => {
    const spec = sourceSpec(plan, source);
    const slots = new Map(spec.fields.map(({ name }, slot) => [name, slot]));
    const features = plan.features.filter(({ from }) => from === source.name);
    const computed = features.map((feature) => ({ name: feature.name, compute: computeFeature(feature, slots) }));
    return computed.length === 0 ? [] : [{ source, read: sourceReader(source, rowReader(spec)), computed }];
  });
  const empty = Object.fromEntries(plan.features.map(({ name }) => [name, null]));
  return (events, attributes, at) => {
    const time = at instanceof Date ? at.getTime() : typeof at === 'number' ? at : Number.NaN;
    if (Number.isNaN(time)) throw new TabwrightError('VALUE_INVALID', `view: at must be a time, got ${valueKind(at)}`);
    const row: Record<string, Cell> = { ...empty };
    for (const { source, read, computed } of sources) {
      const given = source.time === undefined ? [attributes[source.name]] : events[source.name];
      const rows = read(given, time);
      for (const { name, compute } of computed) row[name] = compute(rows, time);
    }
    return row as Row;
  };
}

function sourceReader(source: ViewSource, read: ReturnType<typeof rowReader>) {
  return (given: readonly (RowData | null | undefined)[] | undefined, at: number): ReadRow[] => {
    if (given === undefined) {
      throw new TabwrightError('OPTION_INVALID', `view: the events of ${source.name} must be given, [] for none`);
    }
    const problems = new ProblemCollector();
    const rows: ReadRow[] = [];
    for (const [position, row] of given.entries()) {
      if (row === null || row === undefined) continue;
      const cells: Cell[] = [];
      read(row, cells, (column, rule, kind) => problems.add(column, rule, kind, position));
      // The time is the first field of a source of events.
      const time = source.time === undefined ? Number.NaN : Number(cells[0]);
      if (!(time >= at)) rows.push({ cells, row, time });
    }
    problems.throwIfAny(`view: ${source.name}`);
    return rows;
  };
}

function computeFeature(feature: ViewFeature, slots: ReadonlyMap<string, number>): Compute {
  const slot = slots.get(feature.column) as number;
  const asCell = (cell: Cell): Cell =>
    feature.type === 'datetime' && typeof cell === 'number' ? new Date(cell) : cell;
  if (feature.take === undefined) return (rows) => asCell(rows[0]?.cells[slot] ?? null);
  const filters = feature.where.map(([column, values]) => ({
    at: slots.get(column) as number,
    values: new Set(values),
  }));
  const take = aggregate(feature, slot);
  return (rows, at) => {
    const start = at - windowMs(feature.days);
    const inside = rows.filter(
      ({ time, cells }) => time >= start && filters.every(({ at: i, values }) => has(values, cells[i])),
    );
    return asCell(take(inside));
  };
}

function has(values: ReadonlySet<string | number | boolean>, cell: Cell): boolean {
  return cell !== null && cell !== undefined && !(cell instanceof Date) && values.has(cell);
}

function aggregate({ take, column }: ViewFeature, slot: number): (rows: readonly ReadRow[]) => Cell {
  switch (take) {
    case 'count':
      return (rows) => rows.length;
    case 'activeDays':
      return (rows) => new Set(rows.map(({ time }) => Math.floor(time / DAY_MS))).size;
    case 'distinct':
      return (rows) => distinctCells(rows.map(({ row }) => (Object.hasOwn(row, column) ? row[column] : null)));
    case 'sum':
      return (rows) => exactSum(rows, slot).sum;
    case 'mean':
      return (rows) => {
        const { sum, nPresent } = exactSum(rows, slot);
        return nPresent === 0 ? null : sum / nPresent;
      };
    default:
      return (rows) => latest(rows)?.cells[slot] ?? null;
  }
}

function distinctCells(cells: readonly Cell[]): number {
  const values = new Set<unknown>();
  for (const cell of cells) {
    if (cell === null || cell === undefined || Number.isNaN(cell)) continue;
    values.add(cell instanceof Date ? cell.getTime() : cell);
  }
  return values.size;
}

function exactSum(rows: readonly ReadRow[], slot: number): { sum: number; nPresent: number } {
  const total = new ExactSum();
  let nPresent = 0;
  for (const { cells } of rows) {
    const cell = cells[slot];
    if (typeof cell !== 'number') continue;
    total.add(cell);
    nPresent += 1;
  }
  return { sum: total.value(), nPresent };
}

function latest(rows: readonly ReadRow[]): ReadRow | undefined {
  let found = rows[0];
  for (const row of rows) if (found === undefined || row.time >= found.time) found = row;
  return found;
}
