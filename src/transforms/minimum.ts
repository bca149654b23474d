// The minimum of a function of one variable in an interval: Brent's method (Brent, 1973, chapter 5), with no derivative.

const GOLDEN = (3 - Math.sqrt(5)) / 2;
const ROUNDING = Math.sqrt(Number.EPSILON);
const MAX_STEPS = 500;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where `f` has a minimum between `low` and `high`, to about `tolerance`; the lowest one where there is only one. */
export function minimum(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  const at = (x: number): Point => ({ x, y: f(x) });
  let [a, b] = [low, high];
  let best = at(a + GOLDEN * (b - a));
  let second = best;
  let third = best;
  let step = 0;
  let before = 0;
  for (let i = 0; i < MAX_STEPS; i++) {
    const middle = (a + b) / 2;
    const near = ROUNDING * Math.abs(best.x) + tolerance / 3;
    if (Math.abs(best.x - middle) <= 2 * near - (b - a) / 2) break;
    const parabola = Math.abs(before) > near ? parabolaStep(best, second, third) : Number.NaN;
    const target = best.x + parabola;
    if (Math.abs(parabola) < Math.abs(before / 2) && target > a && target < b) {
      before = step;
      step = target - a < 2 * near || b - target < 2 * near ? Math.sign(middle - best.x || 1) * near : parabola;
    } else {
      before = best.x < middle ? b - best.x : a - best.x;
      step = GOLDEN * before;
    }
    const tried = at(best.x + (Math.abs(step) >= near ? step : Math.sign(step || 1) * near));
    if (tried.y <= best.y) {
      if (tried.x < best.x) b = best.x;
      else a = best.x;
      [third, second, best] = [second, best, tried];
      continue;
    }
    if (tried.x < best.x) a = tried.x;
    else b = tried.x;
    if (tried.y <= second.y || second.x === best.x) [third, second] = [second, tried];
    else if (tried.y <= third.y || third.x === best.x || third.x === second.x) third = tried;
  }
  return best.x;
}

/** From the best point to the minimum of the parabola through three points; NaN where there is none. */
function parabolaStep(best: Point, second: Point, third: Point): number {
  const r = (best.x - second.x) * (best.y - third.y);
  const q = (best.x - third.x) * (best.y - second.y);
  return ((best.x - third.x) * q - (best.x - second.x) * r) / (-2 * (q - r));
}
