import type { PerformancePoint, PerformanceReport } from './performance-report.js';

/** So many points are kept at most: past it every second one goes, so that a long time stays in view. */
const MAX_POINTS = 400;

/** Points in time of one model's performance. */
export class PerformanceHistory {
  #points: PerformancePoint[] = [];

  get points(): readonly PerformancePoint[] {
    return [...this.#points];
  }

  add({ at, window, metrics, estimated }: PerformanceReport): void {
    this.#points.push({ at, nRows: window.nRows, metrics, estimated: estimated?.metrics ?? {} });
    if (this.#points.length > MAX_POINTS) this.#points = this.#points.filter((_, i) => i % 2 === 0);
  }
}
