// One served model under watch: what is counted of its rows, its latest predictions by id, and those whose truth came.
import type { ColumnTable } from 'arquero';
import type { Label } from '../core/cell.js';
import type { FeatureSpec, Task } from '../core/feature-spec.js';
import type { Prediction, Predictor } from '../core/predictor.js';
import type { Problem } from '../core/problem.js';
import type { DriftWindow } from '../drift/window/drift-window.js';
import type { LogRecord, PredictionLog } from './log/prediction-log.js';
import type { ResolvedMonitorOptions } from './monitor-options.js';
import { DELAY_BUCKETS } from './monitoring-metrics.js';
import type { FeedbackCounts } from './performance/performance-report.js';
import { ClassIndex } from './windows/class-index.js';
import { LabelledWindow } from './windows/labelled-window.js';
import { NO_SLOT, PredictionRing } from './windows/prediction-ring.js';
import { RowBudget } from './windows/row-budget.js';
import { RowCounts } from './windows/row-counts.js';
import { SegmentCodes } from './windows/segment-codes.js';

/** What became of one truth. */
export type FeedbackResult = Exclude<keyof FeedbackCounts, 'dropped'>;

const UNKNOWN_CATEGORY = /^must be one of the \d+ declared values$/;
const OTHER_COLUMN = 'other';
const MS_PER_SECOND = 1000;

/** State of one model. Methods that take rows cost microseconds. */
export class WatchedModel {
  readonly served: string;
  readonly predictor: Predictor;
  readonly task: Task;
  readonly classes: readonly Label[];
  readonly segments: readonly SegmentCodes[];
  readonly counts: RowCounts;
  readonly ring: PredictionRing;
  readonly labelled: LabelledWindow;
  readonly feedback = { joined: 0, repeated: 0, waiting: 0, dropped: 0 };
  /** Truths by how long they took, as {@link DELAY_BUCKETS}; their sum in seconds. */
  readonly delays = { counts: new Float64Array(DELAY_BUCKETS.length + 1), sum: 0 };
  /** Broken rules, and values that are none of the declared ones, by column. */
  readonly refused = { failures: new Map<string, number>(), unknown: new Map<string, number>() };
  /** Set once the reference of the version that serves is there. */
  drift: DriftWindow | undefined;
  readonly #options: ResolvedMonitorOptions;
  readonly #log: PredictionLog | undefined;
  readonly #fields: readonly string[];
  readonly #classIndex: ClassIndex;
  readonly #rows: RowBudget;
  /** Truths whose prediction is not known, the oldest first. */
  readonly #waiting = new Map<string, number>();

  constructor(served: string, predictor: Predictor, options: ResolvedMonitorOptions, log: PredictionLog | undefined) {
    const { spec } = predictor;
    this.served = served;
    this.predictor = predictor;
    this.task = spec.target?.task ?? 'regression';
    this.classes = spec.target?.classes ?? [];
    this.#fields = spec.fields.map(({ name }) => name);
    this.segments = segmentsOf(spec, options);
    this.counts = new RowCounts(spec);
    this.ring = new PredictionRing(options.maxPending, this.nOutputs, this.segments.length);
    this.labelled = new LabelledWindow(options.windowRows, this.nOutputs, this.segments.length);
    this.#classIndex = new ClassIndex(this.classes);
    this.#rows = new RowBudget(options.maxRowsPerSecond);
    this.#options = options;
    this.#log = log;
  }

  /** Whether another version has the same rows and classes. */
  fits({ fields, target }: FeatureSpec): boolean {
    const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
    return (
      same(
        fields.map(({ name }) => name),
        this.#fields,
      ) &&
      same(target?.classes ?? [], this.classes) &&
      (target?.task ?? 'regression') === this.task
    );
  }

  get nOutputs(): number {
    return this.task === 'multiclass' ? this.classes.length : 1;
  }

  /** Takes in a row that was scored. */
  add(timeMs: number, id: string, row: Readonly<Record<string, unknown>>, prediction: Prediction): void {
    if (this.#rows.take(timeMs, 1)) {
      this.counts.addRow(row);
      this.drift?.add(row, prediction);
    }
    this.#addPrediction(timeMs, id, (column) => row[column], prediction);
  }

  /** Takes in the rows of a table. */
  addTable(
    timeMs: number,
    idOf: (row: number) => string,
    table: ColumnTable,
    predictions: readonly Prediction[],
  ): void {
    const columns = new Map(this.#fields.map((name) => [name, columnOf(table, name)]));
    if (this.#rows.take(timeMs, predictions.length)) {
      for (const [name, column] of columns) if (column !== undefined) this.counts.addCells(name, column);
      this.counts.addRows(predictions.length);
      this.drift?.addTable(table, predictions);
    }
    predictions.forEach((prediction, row) => {
      this.#addPrediction(timeMs, idOf(row), (name) => columns.get(name)?.at(row), prediction);
    });
  }

  /** Takes in rows that were refused. */
  addRefused(problems: readonly Problem[]): void {
    const { failures, unknown } = this.refused;
    for (const { column, rule, count } of problems) {
      const known = this.#fields.includes(column) ? column : OTHER_COLUMN;
      failures.set(known, (failures.get(known) ?? 0) + count);
      if (UNKNOWN_CATEGORY.test(rule)) unknown.set(known, (unknown.get(known) ?? 0) + count);
    }
  }

  /** The number that stands for a truth: a class position or a value; undefined where it is none of this model. */
  targetOf(truth: unknown): number | undefined {
    if (this.task !== 'regression') return this.#classIndex.of(truth);
    const value = typeof truth === 'string' && truth.trim() !== '' ? Number(truth) : truth;
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  }

  /** Takes in a truth, of which {@link WatchedModel.targetOf} knows. */
  addTruth(timeMs: number, id: string, truth: Label): FeedbackResult {
    this.#log?.append({ kind: 'truth', timeMs, served: this.served, id, truth });
    const result = this.#addTarget(timeMs, id, this.targetOf(truth) as number);
    if (result === 'joined') this.drift?.addTarget(truth);
    return result;
  }

  /** Takes in what a log says of the time before; nothing is logged or counted again. */
  restore(record: LogRecord): void {
    if (record.kind === 'truth') {
      const target = this.targetOf(record.truth);
      if (target !== undefined && this.#join(record.id, target) === 'waiting') this.#wait(record.id, target);
      return;
    }
    const { timeMs, id, segments = {}, score, probabilities } = record;
    const slot = this.ring.add(id, timeMs);
    this.#setOutputs(slot, score, probabilities);
    this.segments.forEach((codes, i) => {
      const name = segments[codes.column];
      this.#setSegment(slot, i, name === undefined ? codes.codeOf(null) : codes.codeOfName(name));
    });
    const target = this.#waiting.get(id);
    if (target !== undefined && this.#waiting.delete(id)) this.#join(id, target);
  }

  #addPrediction(timeMs: number, id: string, cellOf: (column: string) => unknown, prediction: Prediction): void {
    const { segments } = this;
    this.counts.addPrediction(prediction);
    const slot = this.ring.add(id, timeMs);
    this.#setOutputs(slot, prediction.score, prediction.probabilities);
    for (let i = 0; i < segments.length; i++) {
      const codes = segments[i] as SegmentCodes;
      this.#setSegment(slot, i, codes.codeOf(cellOf(codes.column)));
    }
    if (this.#log !== undefined) this.#logPrediction(timeMs, slot, id, cellOf, prediction);
    if (this.#waiting.size > 0) this.#joinWaiting(timeMs, id);
  }

  #setOutputs(slot: number, score: number, probabilities: Prediction['probabilities']): void {
    const { outputs, nOutputs } = this.ring;
    if (this.task !== 'multiclass') {
      outputs[slot] = score;
      return;
    }
    this.classes.forEach((label, i) => {
      outputs[slot * nOutputs + i] = probabilities?.[String(label)] ?? 0;
    });
  }

  #setSegment(slot: number, i: number, code: number): void {
    this.ring.segments[slot * this.ring.nSegments + i] = code;
  }

  #logPrediction(
    timeMs: number,
    slot: number,
    id: string,
    cellOf: (column: string) => unknown,
    { score, label, model, version, probabilities }: Prediction,
  ): void {
    const { segments, ring, served } = this;
    this.#log?.append({
      kind: 'prediction',
      timeMs,
      served,
      id,
      model,
      version,
      score,
      label,
      ...(probabilities !== undefined && { probabilities }),
      ...(segments.length > 0 && {
        segments: Object.fromEntries(
          segments.map((codes, i) => [codes.column, codes.nameOf(ring.segments[slot * ring.nSegments + i] as number)]),
        ),
      }),
      ...(this.#options.logRows && { row: Object.fromEntries(this.#fields.map((name) => [name, cellOf(name)])) }),
    });
  }

  #addTarget(timeMs: number, id: string, target: number): FeedbackResult {
    const result = this.#join(id, target);
    this.feedback[result]++;
    if (result === 'waiting') this.#wait(id, target);
    if (result === 'joined') this.#countDelay(timeMs - (this.ring.times[this.ring.slotOf(id)] as number));
    return result;
  }

  /** Joins a truth with its prediction; does nothing where that is not in the ring. */
  #join(id: string, target: number): FeedbackResult {
    const slot = this.ring.slotOf(id);
    if (slot === NO_SLOT) return 'waiting';
    const sequence = this.ring.labelled[slot] as number;
    if (sequence === NO_SLOT) {
      this.labelled.add(this.ring, slot, target);
      return 'joined';
    }
    this.labelled.relabel(sequence, target);
    return 'repeated';
  }

  #wait(id: string, target: number): void {
    const waiting = this.#waiting;
    waiting.delete(id);
    waiting.set(id, target);
    const [oldest] = waiting.keys();
    if (waiting.size <= this.#options.maxWaiting || oldest === undefined) return;
    waiting.delete(oldest);
    this.feedback.dropped++;
  }

  #joinWaiting(timeMs: number, id: string): void {
    const target = this.#waiting.get(id);
    if (target === undefined) return;
    this.#waiting.delete(id);
    this.#addTarget(timeMs, id, target);
  }

  #countDelay(delayMs: number): void {
    const { counts } = this.delays;
    const seconds = Math.max(0, delayMs / MS_PER_SECOND);
    const bucket = DELAY_BUCKETS.findIndex((bound) => seconds <= bound);
    const position = bucket === -1 ? DELAY_BUCKETS.length : bucket;
    counts[position] = (counts[position] as number) + 1;
    this.delays.sum += seconds;
  }
}

function segmentsOf({ fields }: FeatureSpec, { segments, maxSegmentValues }: ResolvedMonitorOptions): SegmentCodes[] {
  const names = segments.filter((name) => fields.some((field) => field.name === name));
  return names.map((name) => new SegmentCodes(name, maxSegmentValues));
}

/** A column as cells; undefined where the table has none of that name. */
function columnOf(table: ColumnTable, name: string): (Iterable<unknown> & { at(row: number): unknown }) | undefined {
  if (table.columnIndex(name) < 0) return undefined;
  return table.column(name) as unknown as Iterable<unknown> & { at(row: number): unknown };
}
