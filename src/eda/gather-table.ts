// Reads a table from first to last chunk: hands its columns to the crew and keeps what is about rows: a sample, duplicates, both ends.
import { createRandom } from '../core/random.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { AccumulatorSettings } from './accumulators/accumulator-settings.js';
import type { AccumulatedColumn } from './accumulators/column-accumulator.js';
import type { ColumnChunk, TableChunk } from './column-chunk.js';
import type { ChunkHashes, ProfileCrew } from './profile-crew.js';
import type { Cell, DuplicateRows } from './profile-types.js';
import { chunkCells, RowStore } from './row-store.js';
import { shareOf } from './share-of.js';
import { RepeatedRows } from './sketches/repeated-rows.js';
import { RowReservoir } from './sketches/row-reservoir.js';
import type { ChunkTaker, TableSource } from './table-source.js';

/** What to read and how. */
export interface GatherRequest {
  readonly source: TableSource;
  readonly crew: ProfileCrew;
  /** Settings for a table of so many columns. */
  readonly settings: (nColumns: number) => AccumulatorSettings;
  readonly shownRows: number;
  /** Also keep so many first rows, for series. */
  readonly seriesRows: number;
}

/** A table that was read. */
export interface GatheredTable {
  readonly nRows: number;
  readonly columns: readonly AccumulatedColumn[];
  /** Rows drawn by the seed: all where they fit. */
  readonly sample: RowStore;
  readonly series: RowStore;
  readonly duplicates: DuplicateRows;
  readonly head: readonly (readonly Cell[])[];
  readonly tail: readonly (readonly Cell[])[];
}

/** Distinct rows counted before they are sampled: 12 to 24 bytes each. */
const MAX_DISTINCT_ROWS = 2 ** 20;
const MAX_EXAMPLES = 10;

/** Reads it all. */
export async function gatherTable(request: GatherRequest): Promise<GatheredTable> {
  const { source, crew } = request;
  for (;;) {
    const gathering = new Gathering(request);
    if (await source.read(gathering, crew)) return gathering.finish(await crew.finish());
  }
}

class Gathering implements ChunkTaker {
  private readonly request: GatherRequest;
  private reservoir = new RowReservoir(1, createRandom(0));
  private readonly sample = new RowStore();
  private readonly series = new RowStore();
  private readonly repeated = new RepeatedRows(MAX_DISTINCT_ROWS);
  private readonly examples = new Map<string, Cell[]>();
  private readonly counts = new Map<string, number>();
  private head: Cell[][] = [];
  private tail: Cell[][] = [];
  private nRows = 0;
  private kinds: readonly ColumnChunk['kind'][] = [];

  constructor(request: GatherRequest) {
    this.request = request;
  }

  async open(kinds: readonly ColumnChunk['kind'][]): Promise<void> {
    const settings = this.request.settings(kinds.length);
    this.kinds = kinds;
    this.reservoir = new RowReservoir(settings.sampleRows, createRandom(settings.seed).fork('rows'));
    this.sample.open(kinds, settings.sampleRows);
    this.series.open(kinds, this.request.seriesRows);
    await this.request.crew.open(settings, kinds);
  }

  async take(chunk: TableChunk): Promise<void> {
    this.checkKinds(chunk);
    const hashed = this.request.crew.add(chunk);
    this.add(chunk);
    this.addHashes(chunk, await hashed);
  }

  private add(chunk: TableChunk): void {
    const { shownRows, seriesRows } = this.request;
    this.takeSample(chunk);
    this.takeSeries(chunk, seriesRows);
    for (let row = 0; row < chunk.nRows && this.head.length < shownRows; row++) this.head.push(chunkCells(chunk, row));
    const from = Math.max(0, chunk.nRows - shownRows);
    const last = Array.from({ length: chunk.nRows - from }, (_, i) => chunkCells(chunk, from + i));
    this.tail = [...this.tail, ...last].slice(-shownRows || this.tail.length + last.length);
    this.nRows += chunk.nRows;
  }

  private takeSample(chunk: TableChunk): void {
    const rows: number[] = [];
    const places: number[] = [];
    this.reservoir.offer(this.nRows, this.nRows + chunk.nRows, (row, place) => {
      rows.push(row - this.nRows);
      places.push(place);
    });
    this.sample.put(chunk, this.nRows, { rows: Int32Array.from(rows), places: Int32Array.from(places) });
  }

  private takeSeries(chunk: TableChunk, seriesRows: number): void {
    const n = Math.max(0, Math.min(seriesRows - this.nRows, chunk.nRows));
    const rows = Int32Array.from({ length: n }, (_, i) => i);
    this.series.put(chunk, this.nRows, { rows, places: rows.map((row) => this.nRows + row) });
  }

  private addHashes(chunk: TableChunk, { first, second }: ChunkHashes): void {
    for (let row = 0; row < chunk.nRows; row++) {
      const count = this.repeated.add(first[row] as number, second[row] as number);
      if (count > 1) this.addExample(chunk, row, count, `${first[row]} ${second[row]}`);
    }
  }

  finish(columns: readonly AccumulatedColumn[]): GatheredTable {
    const { nRows, sample, series, head, tail } = this;
    return { nRows, columns, sample, series, head, tail, duplicates: this.duplicates() };
  }

  private checkKinds({ columns }: TableChunk): void {
    const index = columns.findIndex(({ kind }, i) => kind !== this.kinds[i]);
    if (index < 0 && columns.length === this.kinds.length) return;
    throw new TabwrightError('COLUMN_INVALID', `profile: column ${index + 1} must have one type in every batch`);
  }

  private addExample(chunk: TableChunk, row: number, count: number, key: string): void {
    if (this.examples.size < MAX_EXAMPLES && !this.examples.has(key)) this.examples.set(key, chunkCells(chunk, row));
    if (this.examples.has(key)) this.counts.set(key, count);
  }

  private duplicates(): DuplicateRows {
    const { repeated, nRows } = this;
    const { nGroups, nRows: nRowsInGroups } = repeated.groups();
    const examples = [...this.examples].map(([key, cells]) => ({ count: this.counts.get(key) ?? 2, cells }));
    return {
      rows: shareOf(nRowsInGroups - nGroups, nRows),
      nGroups,
      nRowsInGroups,
      isExact: repeated.scale === 1,
      relativeError: repeated.relativeError(),
      examples: examples.sort((a, b) => b.count - a.count),
    };
  }
}
