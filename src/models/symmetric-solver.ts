// Solves linear systems of a symmetric positive semi-definite matrix by Cholesky factors of its correlation form.

/** Solves for one right-hand side after another. */
export interface SymmetricSolver {
  /** The solution [size] of matrix * x = `right` [size]. */
  solve(right: Float64Array): Float64Array;
}

// A pivot of the correlation form is 1 - R² of that column on those before it; below this, the rest is rounding.
const SMALLEST_PIVOT = 1e-11;
// Products this small have lost their digits to underflow.
const SMALLEST_DIAGONAL = 1e-280;
// Added to the unit diagonal of a matrix that is singular to working precision.
const DAMPING = 1e-8;

/**
 * Factors a matrix. One that is singular is damped a little, which keeps steps along dependent columns short; callers
 * that repeat a step on what is left (as descent does) reach the solution of least norm in standard units.
 * @param lower its lower triangle, row-major Float64Array [size * size]
 */
export async function symmetricSolver(lower: Float64Array, size: number): Promise<SymmetricSolver> {
  const { CholeskyDecomposition, Matrix } = await import('ml-matrix');
  const scale = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const diagonal = lower[i * size + i] as number;
    scale[i] = diagonal > SMALLEST_DIAGONAL ? 1 / Math.sqrt(diagonal) : 1;
  }
  const correlation = Matrix.zeros(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const value = (lower[i * size + j] as number) * (scale[i] as number) * (scale[j] as number);
      correlation.set(i, j, value);
      correlation.set(j, i, value);
    }
    correlation.set(i, i, 1);
  }
  let factors = new CholeskyDecomposition(correlation);
  if (smallestPivot(factors.lowerTriangularMatrix.diagonal()) < SMALLEST_PIVOT) {
    for (let i = 0; i < size; i++) correlation.set(i, i, 1 + DAMPING);
    factors = new CholeskyDecomposition(correlation);
  }
  return {
    solve(right) {
      const scaled = Matrix.columnVector(right.map((value, i) => value * (scale[i] as number)));
      const solution = factors.solve(scaled);
      return scale.map((factor, i) => factor * solution.get(i, 0));
    },
  };
}

function smallestPivot(diagonal: readonly number[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const root of diagonal) smallest = Math.min(smallest, Number.isFinite(root) ? root * root : 0);
  return smallest;
}
