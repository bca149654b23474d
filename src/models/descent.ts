// Minimises a smooth convex function: quasi-Newton steps with a backtracking line search (Nocedal and Wright, 2006, chapter 3).
import type { Objective } from './linear-objective.js';

/** Chooses where to go. */
export interface DescentMethod {
  /** A direction [size] along which the value falls, long enough to be a whole step. */
  direction(gradient: Float64Array): Promise<Float64Array>;
  /** Learns from a step taken and the change of the gradient along it; may keep both arrays. */
  learn(step: Float64Array, change: Float64Array): void;
}

/** When to end. */
export interface DescentOptions {
  /** Ends where a step is expected to lower the value by less than this share of its first value. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Called after each step. */
  readonly onIteration?: ((iteration: number, value: number) => void) | undefined;
}

/** A point with what the objective is there. */
export interface Place {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Where descent ended. */
export interface Minimum extends Place {
  readonly iterations: number;
  /** Whether the tolerance was met; false where maxIterations came first, or rounding left no way down. */
  readonly converged: boolean;
}

const SUFFICIENT_DECREASE = 1e-4;
const MAX_HALVINGS = 40;
// Values this close, relative to the first, differ by rounding alone.
const ROUNDING = 1e-14;

/** Evaluates an objective at a point, which is kept. */
export async function placeAt(objective: Objective, point: Float64Array): Promise<Place> {
  const gradient = new Float64Array(objective.size);
  return { point, value: await objective.evaluate(point, gradient), gradient };
}

/** Descends from a place, where the objective was evaluated last; never to one whose value is not finite. */
export async function minimise(
  objective: Objective,
  start: Place,
  method: DescentMethod,
  { tolerance, maxIterations, onIteration }: DescentOptions,
): Promise<Minimum> {
  let place = start;
  const scale = Math.abs(place.value);
  for (let iteration = 0; ; iteration++) {
    const direction = await method.direction(place.gradient);
    const slope = dot(place.gradient, direction);
    // Along a Newton direction the value falls by half the slope.
    const converged = -slope / 2 <= tolerance * scale;
    if (converged || iteration === maxIterations) return { ...place, iterations: iteration, converged };
    const next = await search(objective, { from: place, direction, slope, noise: ROUNDING * scale });
    if (next === undefined) return { ...place, iterations: iteration, converged: false };
    method.learn(difference(next.point, place.point), difference(next.gradient, place.gradient));
    place = next;
    onIteration?.(iteration + 1, place.value);
  }
}

interface Ray {
  readonly from: Place;
  readonly direction: Float64Array;
  readonly slope: number;
  readonly noise: number;
}

/** The first place along a ray, of ever shorter steps, that is low enough; undefined where rounding hides every one. */
async function search(objective: Objective, { from, direction, slope, noise }: Ray): Promise<Place | undefined> {
  let length = 1;
  for (let halvings = 0; halvings < MAX_HALVINGS; halvings++) {
    const step = length;
    const point = from.point.map((value, i) => value + step * (direction[i] as number));
    const place = await placeAt(objective, point);
    if (place.value <= from.value + SUFFICIENT_DECREASE * length * slope + noise) return place;
    // The minimum of the parabola through both values and the slope, kept within a tenth and a half of this step.
    const parabola = (-slope * length * length) / (2 * (place.value - from.value - slope * length));
    length = Math.min(Math.max(Number.isFinite(parabola) ? parabola : 0, length / 10), length / 2);
  }
  return undefined;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] as number));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
