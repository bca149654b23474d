// Whether the process is late: the mean delay of the event loop, read at most twice a second so that requests pay for a clock only.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 20;
const WINDOW_MS = 500;

/** What is read of Node's histogram of delays. */
export interface DelayHistogram {
  /** Nanoseconds between two turns of a timer, its own interval included; NaN before the first. */
  readonly mean: number;
  reset(): void;
}

/**
 * Watches the event loop of this thread.
 * @param limitMs Mean delay above which it is late.
 * @param clock Milliseconds from any start.
 * @param histogram Delays since its last reset; Node's own where absent.
 * @returns whether it was late in the window before
 */
export function eventLoopPressure(
  limitMs: number,
  clock: () => number,
  histogram: DelayHistogram = startMonitor(),
): () => boolean {
  let readAtMs = clock();
  let isLate = false;
  return () => {
    const nowMs = clock();
    if (nowMs - readAtMs < WINDOW_MS) return isLate;
    readAtMs = nowMs;
    isLate = histogram.mean / 1e6 - RESOLUTION_MS > limitMs;
    histogram.reset();
    return isLate;
  };
}

function startMonitor(): DelayHistogram {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  return monitor;
}
