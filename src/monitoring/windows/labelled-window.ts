// The latest rows whose truth is known, as arrays that the metrics read without a copy: their order means nothing to them.
import type { PredictionRing } from './prediction-ring.js';

/** Rows with a truth; a new one takes the place of the oldest. */
export class LabelledWindow {
  readonly capacity: number;
  readonly nOutputs: number;
  readonly nSegments: number;
  /** Rows that ever came. */
  total = 0;
  readonly #outputs: Float64Array;
  readonly #targets: Float64Array;
  readonly #segments: Uint16Array;
  readonly #times: Float64Array;

  constructor(capacity: number, nOutputs: number, nSegments: number) {
    this.capacity = capacity;
    this.nOutputs = nOutputs;
    this.nSegments = nSegments;
    this.#outputs = new Float64Array(capacity * nOutputs);
    this.#targets = new Float64Array(capacity);
    this.#segments = new Uint16Array(capacity * nSegments);
    this.#times = new Float64Array(capacity);
  }

  /** Rows that are there. */
  get size(): number {
    return Math.min(this.total, this.capacity);
  }

  /** Float64Array [size * nOutputs], row-major; a view. */
  get outputs(): Float64Array {
    return this.#outputs.subarray(0, this.size * this.nOutputs);
  }

  /** Float64Array [size]: class positions or values; a view. */
  get targets(): Float64Array {
    return this.#targets.subarray(0, this.size);
  }

  /** Float64Array [size]: when the predictions were made; a view. */
  get times(): Float64Array {
    return this.#times.subarray(0, this.size);
  }

  /** Takes in a prediction with its truth. */
  add(ring: PredictionRing, slot: number, target: number): void {
    const { nOutputs, nSegments } = this;
    const at = this.total % this.capacity;
    for (let i = 0; i < nOutputs; i++) this.#outputs[at * nOutputs + i] = ring.outputs[slot * nOutputs + i] as number;
    for (let i = 0; i < nSegments; i++) {
      this.#segments[at * nSegments + i] = ring.segments[slot * nSegments + i] as number;
    }
    this.#targets[at] = target;
    this.#times[at] = ring.times[slot] as number;
    ring.labelled[slot] = this.total;
    this.total++;
  }

  /** Sets another truth of the row that came as number `sequence`; does nothing where it has left the window. */
  relabel(sequence: number, target: number): void {
    if (sequence >= this.total - this.capacity) this.#targets[sequence % this.capacity] = target;
  }

  /** Positions of the rows by the code of a segment column's value. */
  rowsBySegment(segment: number): Map<number, number[]> {
    const rows = new Map<number, number[]>();
    for (let row = 0; row < this.size; row++) {
      const code = this.#segments[row * this.nSegments + segment] as number;
      const own = rows.get(code);
      if (own === undefined) rows.set(code, [row]);
      else own.push(row);
    }
    return rows;
  }
}
