// What is counted of every observed row: scores by bucket, predicted classes, missing cells. A few array accesses a row.
import type { Label } from '../../core/cell.js';
import type { FeatureSpec } from '../../core/feature-spec.js';
import type { Prediction } from '../../core/predictor.js';
import { SCORE_BUCKETS } from '../monitoring-metrics.js';

const N_BUCKETS = SCORE_BUCKETS.length;

/** Counts since the monitor began. */
export class RowCounts {
  nRows = 0;
  scoreSum = 0;
  /** [buckets + 1]: scores at most each bound, and last those above all. */
  readonly scores = new Float64Array(N_BUCKETS + 1);
  readonly labels = new Map<Label, number>();
  readonly columns: readonly string[];
  /** [columns + 1]: cells that are there, and last those of columns that are not known. */
  readonly #present: Float64Array;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #missing: ReadonlySet<string>;
  /** Keys of the row before, in order, and their columns: rows of one caller have the same. */
  readonly #keys: string[] = [];
  readonly #keyColumns: number[] = [];

  constructor({ fields, missing = [''] }: FeatureSpec) {
    this.columns = fields.map(({ name }) => name);
    this.#positions = new Map(this.columns.map((name, i) => [name, i]));
    this.#present = new Float64Array(fields.length + 1);
    this.#missing = new Set(missing);
  }

  /** Rows in which a column was missing, in the order of `columns`. */
  missingOf(column: number): number {
    return this.nRows - (this.#present[column] as number);
  }

  addRow(row: Readonly<Record<string, unknown>>): void {
    this.nRows++;
    const keys = this.#keys;
    const present = this.#present;
    const columns = this.#keyColumns;
    let i = 0;
    for (const key in row) {
      if (keys[i] !== key) this.#learn(i, key);
      const cell = row[key];
      // NaN is the one number that no comparison holds for.
      const isPresent = typeof cell === 'number' ? cell >= Number.NEGATIVE_INFINITY : this.#isPresent(cell);
      if (isPresent) (present[columns[i] as number] as number)++;
      i++;
    }
  }

  /** Cells of one column of as many rows as {@link RowCounts.addRows} is told of. */
  addCells(column: string, cells: Iterable<unknown>): void {
    const position = this.#positions.get(column);
    if (position === undefined) return;
    let present = 0;
    for (const cell of cells) if (this.#isPresent(cell)) present++;
    this.#present[position] = (this.#present[position] as number) + present;
  }

  addRows(nRows: number): void {
    this.nRows += nRows;
  }

  addPrediction({ score, label }: Prediction): void {
    // Rounding may put a score that is a bound a bucket too high.
    let bucket = Math.max(0, Math.min(N_BUCKETS, Math.ceil(score * N_BUCKETS) - 1));
    if (bucket > 0 && score <= (SCORE_BUCKETS[bucket - 1] as number)) bucket--;
    this.scores[bucket] = (this.scores[bucket] as number) + 1;
    this.scoreSum += score;
    if (label !== null) this.labels.set(label, (this.labels.get(label) ?? 0) + 1);
  }

  #isPresent(cell: unknown): boolean {
    if (typeof cell === 'number') return !Number.isNaN(cell);
    if (typeof cell === 'string') return !this.#missing.has(cell);
    return cell !== null && cell !== undefined;
  }

  #learn(i: number, key: string): void {
    this.#keys[i] = key;
    this.#keyColumns[i] = this.#positions.get(key) ?? this.columns.length;
  }
}
