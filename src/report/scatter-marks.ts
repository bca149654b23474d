// Many points over two axes: dots while they can be told apart, else squares coloured by how many points are in each.
import { formatCount } from './format-number.js';
import type { PlotFrame } from './plot-frame.js';
import { PLOT_PADDING, px } from './plot-svg.js';

/** Up to this many points are drawn as dots. */
const MOST_DOTS = 600;
const CELL = 6;
const LEVELS = 5;
const KEY_HEIGHT = 18;

/** Marks and, where colours need one, a key to them, both SVG. */
export interface ScatterMarks {
  readonly marks: string;
  /** A line of the legend, `densityKeyHeight` high; empty for dots. */
  readonly key: string;
}

/** Height of the key that so many points need, px. */
export function densityKeyHeight(nPoints: number): number {
  return nPoints > MOST_DOTS ? KEY_HEIGHT : 0;
}

/** Draws points given in the units of the frame's axes. */
export function scatterMarks(frame: PlotFrame, x: Float64Array, y: Float64Array, keyTop: number): ScatterMarks {
  if (x.length > MOST_DOTS) return density(frame, x, y, keyTop);
  const dots = Array.from(x, (value, i) => `M${px(frame.x(value))} ${px(frame.y(y[i] as number))}h0`);
  return { marks: `<path class="points" d="${dots.join('')}"/>`, key: '' };
}

function density(frame: PlotFrame, x: Float64Array, y: Float64Array, keyTop: number): ScatterMarks {
  const nColumns = Math.ceil((frame.right - frame.left) / CELL);
  const nRows = Math.ceil((frame.bottom - frame.top) / CELL);
  const counts = new Uint32Array(nColumns * nRows);
  for (let i = 0; i < x.length; i++) {
    const column = Math.floor((frame.x(x[i] as number) - frame.left) / CELL);
    const row = Math.floor((frame.y(y[i] as number) - frame.top) / CELL);
    const cell = Math.min(row, nRows - 1) * nColumns + Math.min(column, nColumns - 1);
    counts[cell] = (counts[cell] as number) + 1;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const levels = counts.map((count) =>
    count === 0 ? 0 : 1 + Math.floor((LEVELS * Math.log(count)) / Math.log(most + 1)),
  );
  const paths = levelPaths(levels, nColumns, frame).map((path, i) => `<path class="d${i + 1}" d="${path}"/>`);
  return { marks: paths.join(''), key: densityKey(most, keyTop) };
}

/** One path a level, of runs of equal cells in a row. */
function levelPaths(levels: Uint32Array, nColumns: number, { left, top }: PlotFrame): string[] {
  const paths = new Array<string>(LEVELS).fill('');
  for (let start = 0; start < levels.length; ) {
    const level = levels[start] as number;
    const column = start % nColumns;
    let length = 1;
    while (column + length < nColumns && levels[start + length] === level) length++;
    if (level > 0) {
      const [x, y] = [left + column * CELL, top + Math.floor(start / nColumns) * CELL];
      paths[level - 1] += `M${px(x)} ${px(y)}h${length * CELL}v${CELL}h${-length * CELL}z`;
    }
    start += length;
  }
  return paths;
}

function densityKey(most: number, top: number): string {
  const middle = top + KEY_HEIGHT / 2;
  const squares = Array.from({ length: LEVELS }, (_, i) => {
    return `<rect class="d${i + 1}" x="${PLOT_PADDING + i * 10}" y="${middle - 5}" width="10" height="10"/>`;
  });
  const words = `1 to ${formatCount(most)} rows a square`;
  return `${squares.join('')}<text class="name" x="${PLOT_PADDING + LEVELS * 10 + 6}" y="${middle + 4}">${words}</text>`;
}
