// The latest predictions of a model by id, waiting for their truth: typed arrays of a fixed size, so that memory is bounded.

/** A place in the ring that is not there. */
export const NO_SLOT = -1;

const GENERATIONS = 32;
const MIN_GENERATION = 1024;

/** Predictions in slots; a new one takes the place of the oldest. */
export class PredictionRing {
  readonly capacity: number;
  readonly nOutputs: number;
  readonly nSegments: number;
  /** Float64Array [capacity * nOutputs], row-major: what the model gave. */
  readonly outputs: Float64Array;
  /** Uint16Array [capacity * nSegments], row-major: codes of segment values. */
  readonly segments: Uint16Array;
  /** Float64Array [capacity]: when it was made, milliseconds since 1970. */
  readonly times: Float64Array;
  /** Float64Array [capacity]: which place among the labelled rows it has; {@link NO_SLOT} before its truth came. */
  readonly labelled: Float64Array;
  /** Predictions that ever came. */
  total = 0;
  readonly #ids: string[] = [];
  /** Slots by id, the latest ids first: small maps stay in the processor's cache, and are dropped as a whole. */
  readonly #generations: Map<string, number>[] = [new Map()];
  readonly #generationSize: number;

  constructor(capacity: number, nOutputs: number, nSegments: number) {
    this.capacity = capacity;
    this.#generationSize = Math.max(MIN_GENERATION, Math.ceil(capacity / GENERATIONS));
    this.nOutputs = nOutputs;
    this.nSegments = nSegments;
    this.outputs = new Float64Array(capacity * nOutputs);
    this.segments = new Uint16Array(capacity * nSegments);
    this.times = new Float64Array(capacity);
    this.labelled = new Float64Array(capacity);
  }

  /** Predictions that are there. */
  get size(): number {
    return Math.min(this.total, this.capacity);
  }

  /** The slot of a new prediction, whose outputs and segments the caller fills in. */
  add(id: string, timeMs: number): number {
    const slot = this.total % this.capacity;
    this.total++;
    this.#ids[slot] = id;
    (this.#generations[0] as Map<string, number>).set(id, slot);
    if (this.total % this.#generationSize === 0) this.#nextGeneration();
    this.times[slot] = timeMs;
    this.labelled[slot] = NO_SLOT;
    return slot;
  }

  /** The slot of a prediction; {@link NO_SLOT} where it is not there, or no longer. */
  slotOf(id: string): number {
    for (const slots of this.#generations) {
      const slot = slots.get(id);
      // A later prediction may have taken the place.
      if (slot !== undefined && this.#ids[slot] === id) return slot;
    }
    return NO_SLOT;
  }

  /** Outputs of the latest predictions, at most so many rows, the oldest first: Float64Array [rows * nOutputs], a copy. */
  latestOutputs(atMost: number): Float64Array {
    const { nOutputs, capacity, outputs } = this;
    const nRows = Math.min(atMost, this.size);
    const end = this.total % capacity;
    const latest = new Float64Array(nRows * nOutputs);
    const nTail = Math.min(nRows, this.total <= capacity ? this.total : end);
    const nHead = nRows - nTail;
    const tailEnd = this.total <= capacity ? this.total : end;
    latest.set(outputs.subarray((capacity - nHead) * nOutputs, capacity * nOutputs));
    latest.set(outputs.subarray((tailEnd - nTail) * nOutputs, tailEnd * nOutputs), nHead * nOutputs);
    return latest;
  }

  #nextGeneration(): void {
    this.#generations.unshift(new Map());
    // With the one that is being filled, so many hold every id that is there.
    const needed = Math.ceil(this.capacity / this.#generationSize) + 1;
    if (this.#generations.length > needed) this.#generations.pop();
  }
}
