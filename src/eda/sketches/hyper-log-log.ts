// How many distinct values a stream holds, in 8 KiB (Flajolet et al., 2007), by the estimator of Ertl, "New cardinality estimation
// algorithms for HyperLogLog sketches" (2017), which needs no tables and holds from none to 2^44.

const BITS = 13;
const N_REGISTERS = 2 ** BITS;
/** Leading zeros that the second word of a hash can show, and one. */
const MAX_RANK = 33;

/** Standard error of the estimate, relative to it: 1.04 / sqrt(8192). */
export const HYPER_LOG_LOG_ERROR = 1.04 / Math.sqrt(N_REGISTERS);

/** Counts distinct values by their hashes. */
export class HyperLogLog {
  private readonly registers = new Uint8Array(N_REGISTERS);

  /** Adds a value by two hashes of 32 bits with seeds of their own. */
  add(first: number, second: number): void {
    const index = first >>> (32 - BITS);
    const rank = Math.clz32(second) + 1;
    if (rank > (this.registers[index] as number)) this.registers[index] = rank;
  }

  /** Takes in all values of another sketch. */
  merge(other: HyperLogLog): void {
    for (let i = 0; i < N_REGISTERS; i++) {
      const rank = other.registers[i] as number;
      if (rank > (this.registers[i] as number)) this.registers[i] = rank;
    }
  }

  estimate(): number {
    const counts = new Float64Array(MAX_RANK + 1);
    for (const rank of this.registers) counts[rank] = (counts[rank] as number) + 1;
    let sum = N_REGISTERS * tau(1 - (counts[MAX_RANK] as number) / N_REGISTERS);
    for (let rank = MAX_RANK - 1; rank >= 1; rank--) sum = 0.5 * (sum + (counts[rank] as number));
    sum += N_REGISTERS * sigma((counts[0] as number) / N_REGISTERS);
    return (N_REGISTERS * N_REGISTERS) / (2 * Math.LN2 * sum);
  }
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let x = share;
  let y = 1;
  let sum = x;
  for (let before = -1; sum !== before; ) {
    before = sum;
    x *= x;
    sum += x * y;
    y += y;
  }
  return sum;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let x = share;
  let y = 1;
  let sum = 1 - x;
  for (let before = -1; sum !== before; ) {
    before = sum;
    x = Math.sqrt(x);
    y *= 0.5;
    sum -= (1 - x) ** 2 * y;
  }
  return sum / 3;
}
