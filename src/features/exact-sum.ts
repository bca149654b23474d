// Running sums without rounding error, so that a window that slides gives the bits of one that is added up afresh:
// J. R. Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997; rounded once, as Python's math.fsum does.

/** Doubles span 2098 bits: 40 partials of 53 bits each hold any sum. */
const MAX_PARTIALS = 64;

/** A sum that takes numbers in and out again, in any order. All must be finite, and so must be every sum of them. */
export class ExactSum {
  /** Partials in ascending order of size that do not overlap; their sum is the exact one. */
  private readonly partials: Float64Array = new Float64Array(MAX_PARTIALS);
  private nPartials = 0;

  /** Adds a number; to take one out, add its negative. */
  add(value: number): void {
    const { partials } = this;
    let x = value;
    let kept = 0;
    for (let i = 0; i < this.nPartials; i++) {
      const y = partials[i] as number;
      const sum = x + y;
      const rest = Math.abs(x) < Math.abs(y) ? x - (sum - y) : y - (sum - x);
      if (rest !== 0) partials[kept++] = rest;
      x = sum;
    }
    if (x !== 0) partials[kept++] = x;
    this.nPartials = kept;
  }

  /** The exact sum, rounded to the nearest double, ties to even. */
  value(): number {
    const { partials } = this;
    let at = this.nPartials - 1;
    if (at < 0) return 0;
    let sum = partials[at] as number;
    let rest = 0;
    while (at > 0 && rest === 0) {
      const before = sum;
      at -= 1;
      const y = partials[at] as number;
      sum = before + y;
      rest = y - (sum - before);
    }
    // Half way between two doubles, what lies below decides.
    if (at > 0 && rest !== 0 && Math.sign(rest) === Math.sign(partials[at - 1] as number)) {
      const twice = rest * 2;
      const up = sum + twice;
      if (up - sum === twice) sum = up;
    }
    return sum;
  }
}
