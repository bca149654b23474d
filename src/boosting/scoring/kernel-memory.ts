import type { ScoringKernel } from './scoring-kernel.js';

const PAGE = 65_536;
/** Nothing is placed below, so that no address is 0. */
const START = 1024;

/** Room in a kernel's memory, handed out from low to high and never given back. */
export class KernelMemory {
  readonly #memory: ScoringKernel['memory'];
  #end = START;

  constructor({ memory }: ScoringKernel) {
    this.#memory = memory;
  }

  /** Address of new room, aligned for vectors. Views made earlier are gone where the memory had to grow. */
  reserve(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / 16) * 16;
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  /** Copies an array in and gives its address. */
  place(array: Float64Array | Uint32Array | Uint8Array): number {
    const address = this.reserve(array.byteLength);
    new Uint8Array(this.#memory.buffer).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), address);
    return address;
  }
}
