// The latest rows of a stream as counts only, so that drift costs the same however many came: a ring of panes, the oldest of
// which is forgotten as a whole (Li et al., "No pane, no gain", 2005).
import type { ColumnTable } from 'arquero';
import type { Label } from '../../core/cell.js';
import type { OptionsInput, OptionsOf } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { plainTable } from '../../table/plain-table.js';
import { compareTallies } from '../compare/compare-tallies.js';
import type { DriftOptions, DriftSettings } from '../drift-options.js';
import { driftOptions } from '../drift-options.js';
import type { DriftModel, DriftReport } from '../drift-report.js';
import type { DriftReference } from '../reference/drift-reference.js';
import type { Scored, Tallies } from './reference-counters.js';
import { addTallies, clearTallies, ReferenceCounters } from './reference-counters.js';

/** How much a window holds. */
export const driftWindowOptions = optionsTable('driftWindow', {
  rows: {
    type: 'integer',
    min: 10,
    default: 10_000,
    doc: 'The window holds the latest rows, at most so many.',
  },
  windowMs: {
    type: 'number',
    exclusiveMin: 0,
    default: undefined,
    doc: 'Rows older than this many milliseconds leave the window; none do where absent.',
  },
  panes: {
    type: 'integer',
    min: 1,
    max: 100,
    default: 10,
    doc: 'Rows leave in so many steps: a full window holds from (1 - 1 / panes) of its rows to all; with 1, it starts anew when it is full.',
  },
});

/** What a window holds, how it judges, and the clock that it goes by. */
export type DriftWindowOptions = OptionsInput<typeof driftWindowOptions> &
  DriftOptions & {
    /** The model that the reference belongs to; named in reports. */
    readonly model?: DriftModel | undefined;
    /** Epoch milliseconds. */
    readonly clock?: (() => number) | undefined;
  };

/** The latest rows of a stream as counts. */
export interface DriftWindow {
  /** Rows in the window. */
  readonly nRows: number;
  /** Takes in a row, with its score and predicted label where there are any. */
  add(row: Readonly<Record<string, unknown>>, prediction?: Scored): void;
  /** Takes in the rows of a table, with their predictions in the same order where there are any. */
  addTable(table: ColumnTable, predictions?: readonly Scored[]): void;
  /** Takes in a true label, or the true value of a regression, which may come later than its row. */
  addTarget(label: Label | null): void;
  /** The drift of the rows in the window. */
  report(): DriftReport;
  /** Forgets all rows. */
  clear(): void;
}

interface WindowParts {
  readonly reference: DriftReference;
  readonly size: OptionsOf<typeof driftWindowOptions>;
  readonly settings: DriftSettings;
  readonly clock: () => number;
  readonly model: DriftModel | undefined;
}

interface Pane {
  readonly tallies: Tallies;
  nRows: number;
  firstMs: number;
  lastMs: number;
}

/**
 * A window over the rows that a model answers.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function driftWindow(reference: DriftReference, options: DriftWindowOptions = {}): DriftWindow {
  const { clock = Date.now, model, rows, windowMs, panes, ...judged } = options;
  const size = resolveOptions(driftWindowOptions, { rows, windowMs, panes });
  return new PanedWindow({ reference, size, settings: resolveOptions(driftOptions, judged), clock, model });
}

class PanedWindow implements DriftWindow {
  private readonly parts: WindowParts;
  private readonly counters: ReferenceCounters;
  /** Oldest first; the last is being filled. */
  private panes: Pane[] = [];
  private readonly spare: Tallies[] = [];

  constructor(parts: WindowParts) {
    this.parts = parts;
    this.counters = new ReferenceCounters(parts.reference);
  }

  get nRows(): number {
    return this.panes.reduce((sum, pane) => sum + pane.nRows, 0);
  }

  add(row: Readonly<Record<string, unknown>>, prediction?: Scored): void {
    const pane = this.paneAt(this.parts.clock());
    pane.nRows += 1;
    this.counters.addRow(row, pane.tallies);
    if (prediction !== undefined) this.counters.addScored(prediction, pane.tallies);
  }

  addTable(table: ColumnTable, predictions?: readonly Scored[]): void {
    const plain = plainTable(table);
    const columns = this.counters.columnsOf(plain);
    const nRows = plain.numRows();
    for (let from = 0; from < nRows; ) {
      const pane = this.paneAt(this.parts.clock());
      const to = Math.min(nRows, from + this.paneRows - pane.nRows);
      pane.nRows += to - from;
      this.counters.addColumns(columns, from, to, pane.tallies);
      for (const prediction of predictions?.slice(from, to) ?? []) this.counters.addScored(prediction, pane.tallies);
      from = to;
    }
  }

  addTarget(label: Label | null): void {
    this.counters.addTarget(label, this.paneAt(this.parts.clock()).tallies);
  }

  report(): DriftReport {
    const { reference, settings, clock, model } = this.parts;
    this.dropOld(clock());
    const whole = this.counters.tallies();
    for (const { tallies } of this.panes) addTallies(whole, tallies);
    const filled = this.panes.filter(({ nRows }) => nRows > 0);
    const current = {
      nRows: this.nRows,
      from: isoTime(filled[0]?.firstMs),
      to: isoTime(filled[filled.length - 1]?.lastMs),
    };
    return compareTallies(reference, whole, settings, current, { model: model ?? null });
  }

  clear(): void {
    while (this.panes.length > 0) this.dropFirst();
  }

  private get paneRows(): number {
    return Math.ceil(this.parts.size.rows / this.parts.size.panes);
  }

  /** The pane for a row that comes now: a new one where the last is full or has had its time. */
  private paneAt(nowMs: number): Pane {
    const last = this.panes[this.panes.length - 1];
    const paneMs = (this.parts.size.windowMs ?? Number.POSITIVE_INFINITY) / this.parts.size.panes;
    if (last !== undefined && last.nRows < this.paneRows && nowMs - last.firstMs < paneMs) {
      last.lastMs = nowMs;
      return last;
    }
    while (this.panes.length > 0 && this.nRows > this.parts.size.rows - this.paneRows) this.dropFirst();
    const pane = { tallies: this.spare.pop() ?? this.counters.tallies(), nRows: 0, firstMs: nowMs, lastMs: nowMs };
    this.panes.push(pane);
    this.dropOld(nowMs);
    return pane;
  }

  private dropOld(nowMs: number): void {
    const { windowMs } = this.parts.size;
    if (windowMs === undefined) return;
    while (this.panes.length > 0 && nowMs - (this.panes[0] as Pane).lastMs >= windowMs) this.dropFirst();
  }

  private dropFirst(): void {
    const tallies = this.panes.shift()?.tallies;
    if (tallies === undefined) return;
    clearTallies(tallies);
    this.spare.push(tallies);
  }
}

function isoTime(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
