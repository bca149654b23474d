import { curveLinear, curveStepBefore, line } from 'd3-shape';

type Point = [x: number, y: number];

/**
 * The path of a line, of at most four points a pixel column: the first, lowest, highest and last, which look like all of
 * them (M4; Jugel et al., 2014). Points that are not finite are left out; empty where none is left.
 * @param x px of each point, ascending
 * @param y px of each point
 */
export function linePath(x: Float64Array, y: Float64Array, shape: 'straight' | 'steps' = 'straight'): string {
  const curve = shape === 'steps' ? curveStepBefore : curveLinear;
  const points = visibleRows(x, y).map((i): Point => [x[i] as number, y[i] as number]);
  return line().digits(1).curve(curve)(apart(points)) ?? '';
}

/** Points less than half a pixel from the one before them cannot be told from it; the ends stay. */
function apart(points: readonly Point[]): Point[] {
  const kept = points.slice(0, 1);
  points.forEach((point, i) => {
    const [x, y] = kept[kept.length - 1] as Point;
    const isNear = Math.abs(point[0] - x) < 0.5 && Math.abs(point[1] - y) < 0.5;
    if (!isNear || (i > 0 && i === points.length - 1)) kept.push(point);
  });
  return kept;
}

function visibleRows(x: Float64Array, y: Float64Array): number[] {
  const visible: number[] = [];
  let first = -1;
  let low = -1;
  let high = -1;
  let last = -1;
  const flush = (): void => {
    if (first >= 0) visible.push(...new Set([first, Math.min(low, high), Math.max(low, high), last]));
  };
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) continue;
    if (first < 0 || Math.floor(x[i] as number) !== Math.floor(x[first] as number)) {
      flush();
      first = low = high = i;
    }
    if ((y[i] as number) < (y[low] as number)) low = i;
    if ((y[i] as number) > (y[high] as number)) high = i;
    last = i;
  }
  flush();
  return visible;
}
