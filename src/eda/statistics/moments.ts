// Mean and central moments of a stream in chunks: two passes a chunk, joined as Pébay gives it ("Formulas for robust, one-pass parallel
// computation of covariances and arbitrary-order statistical moments", 2008).

/** Moments of finite numbers; past the largest double they are infinite or NaN. */
export class Moments {
  count = 0;
  mean = 0;
  /** Sums of powers of distances from the mean. */
  m2 = 0;
  m3 = 0;
  m4 = 0;
  sum = 0;

  /** Takes in the finite ones of some numbers. */
  add(values: Float64Array): void {
    const { count, mean, sum } = chunkMean(values);
    if (count === 0) return;
    let m2 = 0;
    let m3 = 0;
    let m4 = 0;
    for (let i = 0; i < values.length; i++) {
      const distance = (values[i] as number) - mean;
      const square = distance * distance;
      if (square - square !== 0) {
        // Not finite: the value is none of ours, or its square is past all doubles.
        if (Number.isFinite(values[i])) m2 = m3 = m4 = Number.NaN;
        continue;
      }
      m2 += square;
      m3 += square * distance;
      m4 += square * square;
    }
    this.join({ count, mean, m2, m3, m4, sum });
  }

  private join(b: Omit<Moments, 'add' | 'join'>): void {
    const a = { ...this };
    const n = a.count + b.count;
    const d = b.mean - a.mean;
    const dn = d / n;
    const ab = a.count * b.count;
    this.count = n;
    this.sum = a.sum + b.sum;
    this.mean = a.count === 0 ? b.mean : a.mean + dn * b.count;
    this.m2 = a.m2 + b.m2 + d * dn * ab;
    this.m3 = a.m3 + b.m3 + d * dn * dn * ab * (a.count - b.count) + 3 * dn * (a.count * b.m2 - b.count * a.m2);
    this.m4 =
      a.m4 +
      b.m4 +
      d * dn * dn * dn * ab * (a.count * a.count - ab + b.count * b.count) +
      6 * dn * dn * (a.count * a.count * b.m2 + b.count * b.count * a.m2) +
      4 * dn * (a.count * b.m3 - b.count * a.m3);
  }
}

function chunkMean(values: Float64Array): { count: number; mean: number; sum: number } {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value - value !== 0) continue;
    count += 1;
    sum += value;
  }
  if (Number.isFinite(sum)) return { count, sum, mean: correctedMean(values, sum / count) };
  let mean = 0;
  for (const value of values) if (Number.isFinite(value)) mean += value / count;
  return { count, sum, mean };
}

/** The mean with the rounding of the sum taken out, so that distances from it add up to nothing. */
function correctedMean(values: Float64Array, mean: number): number {
  let rest = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const distance = (values[i] as number) - mean;
    if (distance - distance !== 0) continue;
    rest += distance;
    count += 1;
  }
  const corrected = mean + rest / count;
  return Number.isFinite(corrected) ? corrected : mean;
}
