// The latest predictions of a model by id, waiting for their truth: typed arrays of a fixed size, so that memory is bounded and
// nothing of a prediction outlives it for the garbage collector. Ids are kept as 64-bit hashes: with 200,000
// of them, one in a hundred million is taken for another.

/** A place in the ring that is not there. */
export const NO_SLOT = -1;

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
  /** Int32Array [2 * capacity]: both halves of the hash of each slot's id. */
  readonly #hashes: Int32Array;
  /** Int32Array [buckets]: the latest slot of each bucket. */
  readonly #heads: Int32Array;
  /** Int32Array [capacity]: the slot before it in the same bucket. */
  readonly #next: Int32Array;
  readonly #hash = new Int32Array(2);

  constructor(capacity: number, nOutputs: number, nSegments: number) {
    this.capacity = capacity;
    this.nOutputs = nOutputs;
    this.nSegments = nSegments;
    this.outputs = new Float64Array(capacity * nOutputs);
    this.segments = new Uint16Array(capacity * nSegments);
    this.times = new Float64Array(capacity);
    this.labelled = new Float64Array(capacity);
    this.#hashes = new Int32Array(2 * capacity);
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(capacity + 1))).fill(NO_SLOT);
    this.#next = new Int32Array(capacity);
  }

  /** Predictions that are there. */
  get size(): number {
    return Math.min(this.total, this.capacity);
  }

  /** The slot of a new prediction, whose outputs and segments the caller fills in. */
  add(id: string, timeMs: number): number {
    const slot = this.total % this.capacity;
    if (this.total >= this.capacity) this.#forget(slot);
    this.total++;
    hashText(id, this.#hash);
    const low = this.#hash[0] as number;
    const high = this.#hash[1] as number;
    this.#hashes[2 * slot] = low;
    this.#hashes[2 * slot + 1] = high;
    const bucket = low & (this.#heads.length - 1);
    this.#next[slot] = this.#heads[bucket] as number;
    this.#heads[bucket] = slot;
    this.times[slot] = timeMs;
    this.labelled[slot] = NO_SLOT;
    return slot;
  }

  /** The slot of a prediction, the latest where an id came twice; {@link NO_SLOT} where it is not there, or no longer. */
  slotOf(id: string): number {
    hashText(id, this.#hash);
    const low = this.#hash[0] as number;
    const high = this.#hash[1] as number;
    let slot = this.#heads[low & (this.#heads.length - 1)] as number;
    while (slot !== NO_SLOT && !(this.#hashes[2 * slot] === low && this.#hashes[2 * slot + 1] === high)) {
      slot = this.#next[slot] as number;
    }
    return slot;
  }

  /** Outputs of the latest predictions, at most so many rows, the oldest first: Float64Array [rows * nOutputs], a copy. */
  latestOutputs(atMost: number): Float64Array {
    const { nOutputs, capacity, outputs, total } = this;
    const nRows = Math.min(atMost, this.size);
    const end = total <= capacity ? total : total % capacity;
    const nTail = Math.min(nRows, end);
    const nHead = nRows - nTail;
    const latest = new Float64Array(nRows * nOutputs);
    latest.set(outputs.subarray((capacity - nHead) * nOutputs, capacity * nOutputs));
    latest.set(outputs.subarray((end - nTail) * nOutputs, end * nOutputs), nHead * nOutputs);
    return latest;
  }

  /** Cuts the oldest slot off: it is the last of its bucket. */
  #forget(slot: number): void {
    const bucket = (this.#hashes[2 * slot] as number) & (this.#heads.length - 1);
    let at = this.#heads[bucket] as number;
    if (at === slot) {
      this.#heads[bucket] = NO_SLOT;
      return;
    }
    while (this.#next[at] !== slot) at = this.#next[at] as number;
    this.#next[at] = NO_SLOT;
  }
}

/** Two FNV-like hashes with different multipliers, each finished by MurmurHash3's mixer. */
function hashText(text: string, out: Int32Array): void {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
  }
  out[0] = mixed(low);
  out[1] = mixed(high ^ low);
}

function mixed(hash: number): number {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
