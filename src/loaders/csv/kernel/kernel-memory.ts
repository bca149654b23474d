// Room in a kernel's memory, handed out from low to high and given back all at once.

const PAGE = 65_536;
/** Where every address starts: a cache line. */
const UNIT = 64;
const FIRST_PAGES = 64;
const MAX_PAGES = 65_536;
/** Nothing is placed below, so that no address is 0. */
const START = 1024;

/** A memory that had to grow past it is not kept. */
export const MAX_KEPT_BYTES: number = 2 ** 26;
const MAX_IDLE = 4;

const idle: KernelMemory[] = [];

/** A memory that nobody uses. */
export function takeMemory(): KernelMemory {
  const memory = idle.pop() ?? new KernelMemory();
  memory.clear();
  return memory;
}

/** Keeps a memory for the next who takes one. */
export function giveBackMemory(memory: KernelMemory): void {
  if (memory.size <= MAX_KEPT_BYTES && idle.length < MAX_IDLE) idle.push(memory);
}

/** A memory that other threads may read. */
export class KernelMemory {
  readonly memory: WebAssembly.Memory = new WebAssembly.Memory({
    initial: FIRST_PAGES,
    maximum: MAX_PAGES,
    shared: true,
  });
  #end = START;
  /** From here on nothing was ever written. */
  #fresh = START;

  /** How many bytes the memory has, in use or not. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** Address of new room, which may hold anything. Throws a RangeError where the memory, of 4 GiB, is full. */
  reserve(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / UNIT) * UNIT;
    this.#fresh = Math.max(this.#fresh, this.#end);
    const missing = this.#end - this.size;
    if (missing > 0) this.memory.grow(Math.max(Math.ceil(missing / PAGE), FIRST_PAGES));
    return address;
  }

  /** Address of new room, all zeros. */
  reserveZeros(bytes: number): number {
    const fresh = this.#fresh;
    const address = this.reserve(bytes);
    if (address < fresh) this.bytes(address, Math.min(bytes, fresh - address)).fill(0);
    return address;
  }

  /** Copies bytes in and gives their address. */
  place(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.bytes(address, bytes.length).set(bytes);
    return address;
  }

  /** Gives all room back. */
  clear(): void {
    this.#end = START;
  }

  bytes(address: number, length: number): Buffer {
    return Buffer.from(this.memory.buffer, address, length);
  }

  int8(address: number, length: number): Int8Array {
    return new Int8Array(this.memory.buffer, address, length);
  }

  int32(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }
}
