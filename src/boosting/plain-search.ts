// The searching kernels in TypeScript; see plain-kernels.ts. Gains are compared in single precision, which rounds after every step.
import type { Kernels } from './kernels.js';
import type { MemoryViews } from './memory-views.js';

export type SearchKernels = Pick<Kernels, 'searchBins' | 'searchLevel'>;

const { fround } = Math;

/** Sums of a leaf and what penalises its children, in quantized units. */
interface Totals {
  readonly sumG: number;
  readonly sumH: number;
  readonly lambdaL1: number;
  readonly lambdaL2: number;
}

/** Sums that go left by a threshold. */
interface Threshold {
  readonly bin: number;
  readonly leftG: number;
  readonly leftH: number;
}

export function searchKernels({ u8, i32, f64 }: MemoryViews): SearchKernels {
  /** Thresholds of a column from planes at positions `g` and `h`, missing values going left or right. */
  function* thresholds(g: number, h: number, nBins: number, missingLeft: boolean): Generator<Threshold> {
    let leftG = missingLeft ? (i32[g] as number) : 0;
    let leftH = missingLeft ? (i32[h] as number) : 0;
    for (let bin = 1; bin < nBins; bin++) {
      leftG += i32[g + bin] as number;
      leftH += i32[h + bin] as number;
      yield { bin, leftG, leftH };
    }
  }

  function take(out: number, gain: number, bin: number, missingLeft: boolean): boolean {
    if (gain <= (f64[out / 8] as number)) return false;
    f64.set([gain, bin, missingLeft ? 1 : 0], out / 8);
    return true;
  }

  return {
    searchBins(g, h, columns, allowed, from, to, sumG, sumH, least, lambdaL1, lambdaL2, gainUnit, out) {
      const totals = { sumG, sumH, lambdaL1, lambdaL2 };
      for (let column = from; column < to; column++) {
        const place = out + column * 64;
        const nBins = i32[columns / 4 + column * 2] as number;
        f64[place / 8] = Number.NEGATIVE_INFINITY;
        if (nBins < 2 || u8[allowed + column] !== 1) continue;
        const planes = [g / 4 + column * 256, h / 4 + column * 256] as const;
        const hasMissing = planes.some((plane) => i32[plane] !== 0);
        for (const missingLeft of hasMissing ? [false, true] : [false]) {
          let best: Threshold | undefined;
          let bestGain = 0;
          for (const threshold of thresholds(...planes, nBins, missingLeft)) {
            if (threshold.leftH < least || sumH - threshold.leftH < least) continue;
            const gain = lambdaL1 === 0 ? gainOfSplit(threshold, totals) : roundedGain(threshold, totals);
            if (gain <= bestGain) continue;
            best = threshold;
            bestGain = gain;
          }
          if (best === undefined) continue;
          const isLeft = hasMissing ? missingLeft : 2 * best.leftH >= sumH;
          if (take(place, exactGain(best, totals) * gainUnit, best.bin, isLeft)) {
            f64.set([best.leftG, best.leftH], place / 8 + 3);
          }
        }
      }
    },
    searchLevel(leaves, nLeaves, planeBytes, columns, allowed, from, to, lambdaL1, lambdaL2, gainUnit, _scratch, out) {
      const entries = Array.from({ length: nLeaves }, (_, i) => {
        const [at = 0, sumG = 0, sumH = 0] = f64.subarray(leaves / 8 + i * 3, leaves / 8 + i * 3 + 3);
        return { g: at / 4, h: (at + planeBytes) / 4, sumG, sumH, lambdaL1, lambdaL2 };
      }).filter(({ sumH }) => sumH > 0);
      for (let column = from; column < to; column++) {
        const place = out + column * 64;
        const nBins = i32[columns / 4 + column * 2] as number;
        const hasMissing = i32[columns / 4 + column * 2 + 1] !== 0;
        f64[place / 8] = Number.NEGATIVE_INFINITY;
        if (nBins < 2 || u8[allowed + column] !== 1) continue;
        for (const missingLeft of hasMissing ? [false, true] : [false]) {
          const rounded = new Float32Array(256);
          const exact = new Float64Array(256);
          for (const leaf of entries) {
            for (const threshold of thresholds(leaf.g + column * 256, leaf.h + column * 256, nBins, missingLeft)) {
              const { bin } = threshold;
              rounded[bin] = (rounded[bin] as number) + roundedGain(threshold, leaf);
              exact[bin] = (exact[bin] as number) + exactGain(threshold, leaf);
            }
          }
          const last = hasMissing && !missingLeft ? nBins - 1 : nBins - 2;
          let best = 0;
          for (let bin = 1; bin <= last; bin++) if ((rounded[bin] as number) > (rounded[best] as number)) best = bin;
          if (best > 0) take(place, (exact[best] as number) * gainUnit, best, missingLeft);
        }
      }
    },
  };
}

/** What a split gains over none, times a constant; see the kernel. Both sides weigh something. */
function gainOfSplit({ leftG, leftH }: Threshold, { sumG, sumH, lambdaL2 }: Totals): number {
  const left = fround(fround(leftH) + fround(lambdaL2));
  const right = fround(fround(sumH - leftH) + fround(lambdaL2));
  const cross = fround(fround(fround(leftG) * right) - fround(fround(sumG - leftG) * left));
  return fround(cross * fround(cross / fround(left * right)));
}

function roundedGain({ leftG, leftH }: Threshold, { sumG, sumH, lambdaL1, lambdaL2 }: Totals): number {
  const l1 = fround(lambdaL1);
  const l2 = fround(lambdaL2);
  const side = (g: number, h: number): number => {
    const x = fround(Math.max(fround(Math.abs(fround(g)) - l1), 0));
    const gain = fround(fround(x * x) / fround(fround(h) + l2));
    return gain < Number.POSITIVE_INFINITY ? gain : 0;
  };
  return fround(side(leftG, leftH) + side(sumG - leftG, sumH - leftH));
}

function exactGain({ leftG, leftH }: Threshold, { sumG, sumH, lambdaL1, lambdaL2 }: Totals): number {
  const side = (g: number, h: number): number => {
    const x = Math.max(Math.abs(g) - lambdaL1, 0);
    return h + lambdaL2 > 0 ? (x * x) / (h + lambdaL2) : 0;
  };
  return side(leftG, leftH) + side(sumG - leftG, sumH - leftH);
}
