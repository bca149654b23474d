// Limited-memory BFGS directions (Nocedal, 1980; two-loop recursion) over a preconditioner.
import type { DescentMethod } from './descent.js';

const MEMORY = 10;

/** An approximate inverse of the Hessian: a new vector [size] from a vector [size]. */
export type Preconditioner = (vector: Float64Array) => Float64Array;

interface Memory {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step · change). */
  readonly rho: number;
}

/**
 * Directions from the last steps; the preconditioner, scaled by the newest step, stands for all before them.
 * @param prepare makes the preconditioner at the first point
 */
export function lbfgs(prepare: () => Promise<Preconditioner>): DescentMethod {
  const memory: Memory[] = [];
  let scale = 1;
  let precondition: Preconditioner = (vector) => vector;
  let prepared = false;
  return {
    async direction(gradient) {
      if (!prepared) precondition = await prepare();
      prepared = true;
      const q = gradient.slice();
      const alphas: number[] = [];
      for (const { step, change, rho } of memory.toReversed()) {
        const alpha = rho * dot(step, q);
        addScaled(q, change, -alpha);
        alphas.push(alpha);
      }
      const direction = precondition(q);
      for (let i = 0; i < direction.length; i++) direction[i] = -scale * (direction[i] as number);
      for (const { step, change, rho } of memory) {
        const alpha = alphas.pop() as number;
        addScaled(direction, step, -alpha - rho * dot(change, direction));
      }
      return direction;
    },
    learn(step, change) {
      const curvature = dot(step, change);
      // Without positive curvature along the step, which rounding can cause, it would break positive definiteness.
      if (!(curvature > 0)) return;
      memory.push({ step, change, rho: 1 / curvature });
      if (memory.length > MEMORY) memory.shift();
      const spread = dot(change, precondition(change));
      if (spread > 0) scale = curvature / spread;
    },
  };
}

function addScaled(to: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + factor * (values[i] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
