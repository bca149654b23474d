// The kernels in TypeScript: the fallback where WebAssembly SIMD or shared memory is missing, and the oracle of the tests.
import type { Kernels } from './kernels.js';
import { type MemoryViews, memoryViews } from './memory-views.js';
import { logisticPair } from './objectives/logistic-pair.js';
import { type SearchKernels, searchKernels } from './plain-search.js';
import { rowHash } from './row-hash.js';

/** The kernels over any buffer. */
export function plainKernels(buffer: ArrayBufferLike): Kernels {
  const views = memoryViews(buffer);
  return {
    ...binningKernels(views),
    ...gradientKernels(views),
    ...histogramKernels(views),
    ...searchKernels(views),
    ...leafKernels(views),
  };
}

type BinningKernels = Pick<Kernels, 'binColumn' | 'binFloats' | 'interleave' | 'sortNumbers'>;
type GradientKernels = Pick<Kernels, 'binaryGradients' | 'squaredGradients' | 'extent' | 'quantize'>;
type LeafKernels = Pick<Kernels, 'listRows' | 'partition' | 'markRows' | 'sumByLeaf' | 'addByLeaf'>;
type HistogramKernels = Omit<Kernels, keyof (BinningKernels & GradientKernels & SearchKernels & LeafKernels)>;

function binningKernels({ u8, u32, f32, f64 }: MemoryViews): BinningKernels {
  function bin(values: Float32Array | Float64Array, first: number, nRows: number, bounds: number, out: number): void {
    const limits = f64.subarray(bounds / 8, bounds / 8 + 256);
    for (let i = 0; i < nRows; i++) {
      const x = values[first + i] as number;
      u8[out + i] = Number.isNaN(x) ? 0 : countBelow(limits, x) + 1;
    }
  }
  return {
    binColumn(values, nRows, bounds, out) {
      bin(f64, values / 8, nRows, bounds, out);
    },
    binFloats(values, nRows, bounds, out) {
      bin(f32, values / 4, nRows, bounds, out);
    },
    sortNumbers(values, n) {
      const numbers = f64.subarray(values / 8, values / 8 + n);
      numbers.sort();
      for (let i = 0; i < n; i++) numbers[i] = (numbers[i] as number) + 0;
    },
    interleave(a, b, c, d, from, to, records, stride) {
      const at = (column: number, row: number): number => (column === 0 ? 0 : (u8[column + row] as number));
      for (let i = from; i < to; i++) {
        u32[(records + i * stride) / 4] = at(a, i) | (at(b, i) << 8) | (at(c, i) << 16) | (at(d, i) << 24);
      }
    },
  };
}

/** How many of 256 ascending numbers are below x, at most 255. */
function countBelow(limits: Float64Array, x: number): number {
  let low = 0;
  for (let step = 128; step > 0; step >>= 1) if (x > (limits[low + step - 1] as number)) low += step;
  return low;
}

function gradientKernels({ i32, f64 }: MemoryViews): GradientKernels {
  function extent(gradients: number, from: number, to: number, largest: number): void {
    for (let i = 2 * from; i < 2 * to; i++) {
      const at = largest / 8 + (i & 1);
      f64[at] = Math.max(f64[at] as number, Math.abs(f64[gradients / 8 + i] as number));
    }
  }
  return {
    extent,
    binaryGradients(scores, target, weights, out, from, to, largest) {
      for (let i = from; i < to; i++) {
        const w = weights === 0 ? 1 : (f64[weights / 8 + i] as number);
        logisticPair(f64[scores / 8 + i] as number, f64[target / 8 + i] as number, w, f64, out / 8 + 2 * i);
      }
      extent(out, from, to, largest);
    },
    squaredGradients(scores, target, weights, out, from, to, largest) {
      for (let i = from; i < to; i++) {
        const w = weights === 0 ? 1 : (f64[weights / 8 + i] as number);
        f64[out / 8 + 2 * i] = ((f64[scores / 8 + i] as number) - (f64[target / 8 + i] as number)) * w;
        f64[out / 8 + 2 * i + 1] = w;
      }
      extent(out, from, to, largest);
    },
    quantize(gradients, from, to, scaleG, scaleH, seed, slot, stride, nBlocks, blockBytes, sums) {
      for (let i = from; i < to; i++) {
        const dice = rowHash(i, seed);
        const g = Math.floor((f64[gradients / 8 + 2 * i] as number) * scaleG + (dice >>> 16) / 65536);
        const h = Math.floor((f64[gradients / 8 + 2 * i + 1] as number) * scaleH + (dice & 0xffff) / 65536);
        f64[sums / 8] = (f64[sums / 8] as number) + g;
        f64[sums / 8 + 1] = (f64[sums / 8 + 1] as number) + h;
        for (let b = 0; b < nBlocks; b++) i32[(slot + b * blockBytes + i * stride) / 4] = (g << 16) + h;
      }
    },
  };
}

function histogramKernels({ u8, i32 }: MemoryViews): HistogramKernels {
  function addRecord(record: number, groups: number, packed: number): void {
    const value = i32[record / 4 + groups] as number;
    for (let column = 0; column < groups * 4; column++) {
      const bin = packed / 4 + column * 256 + (u8[record + column] as number);
      i32[bin] = (i32[bin] as number) + value;
    }
  }
  return {
    histogramDense(records, groups, from, to, packed) {
      for (let i = from; i < to; i++) addRecord(records + i * (groups * 4 + 4), groups, packed);
    },
    histogramRows(records, groups, rows, count, packed) {
      for (let i = 0; i < count; i++) {
        addRecord(records + (i32[rows / 4 + i] as number) * (groups * 4 + 4), groups, packed);
      }
    },
    spill(packed, n, wideG, wideH, add) {
      for (let i = 0; i < n; i++) {
        const word = i32[packed / 4 + i] as number;
        i32[packed / 4 + i] = 0;
        i32[wideG / 4 + i] = (word >> 16) + (add === 0 ? 0 : (i32[wideG / 4 + i] as number));
        i32[wideH / 4 + i] = (word & 0xffff) + (add === 0 ? 0 : (i32[wideH / 4 + i] as number));
      }
    },
    mergeHistogram(parts, nParts, partBytes, n, out) {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let part = 0; part < nParts; part++) sum += i32[(parts + part * partBytes) / 4 + i] as number;
        i32[out / 4 + i] = sum;
      }
    },
    subtractHistogram(from, what, n) {
      for (let i = 0; i < n; i++) i32[from / 4 + i] = (i32[from / 4 + i] as number) - (i32[what / 4 + i] as number);
    },
    combineHistogram(bins, at, total) {
      let others = 0;
      for (let i = 0; i < 256; i++) if (i !== at) others += i32[bins / 4 + i] as number;
      i32[bins / 4 + at] = total - others;
    },
  };
}

function leafKernels({ u8, i32, u32, f64 }: MemoryViews): LeafKernels {
  return {
    listRows(rows, from, to) {
      for (let i = from; i < to; i++) u32[rows / 4 + i] = i;
    },
    partition(rows, count, bins, goesLeft, spare) {
      let left = 0;
      let right = 0;
      for (let i = 0; i < count; i++) {
        const row = u32[rows / 4 + i] as number;
        if (u8[goesLeft + (u8[bins + row] as number)] === 1) u32[rows / 4 + left++] = row;
        else u32[spare / 4 + right++] = row;
      }
      u32.copyWithin(rows / 4 + left, spare / 4, spare / 4 + right);
      return left;
    },
    markRows(rows, count, leaf, leafOf) {
      for (let i = 0; i < count; i++) i32[leafOf / 4 + (i32[rows / 4 + i] as number)] = leaf;
    },
    sumByLeaf(gradients, leafOf, from, to, scaleG, scaleH, sums) {
      for (let i = from; i < to; i++) {
        const pair = gradients / 8 + 2 * i;
        const sum = sums / 8 + 2 * (i32[leafOf / 4 + i] as number);
        f64[sum] = (f64[sum] as number) + Math.floor((f64[pair] as number) * scaleG + 0.5);
        f64[sum + 1] = (f64[sum + 1] as number) + Math.floor((f64[pair + 1] as number) * scaleH + 0.5);
      }
    },
    addByLeaf(scores, leafOf, from, to, values) {
      for (let i = from; i < to; i++) {
        const value = f64[values / 8 + (i32[leafOf / 4 + i] as number)] as number;
        f64[scores / 8 + i] = (f64[scores / 8 + i] as number) + value;
      }
    },
  };
}
