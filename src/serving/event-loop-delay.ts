// How late the event loop of this thread is, from Node's own histogram.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricSample } from '../core/metrics.js';

const RESOLUTION_MS = 10;
const NS_PER_SECOND = 1e9;

/**
 * Reads the delays since the read before, in seconds. The first read starts the measuring and has none.
 * @returns mean, 99th percentile and largest, by the label `stat`
 */
export function eventLoopDelay(): () => MetricSample[] {
  let histogram: ReturnType<typeof monitorEventLoopDelay> | undefined;
  return () => {
    if (histogram === undefined) {
      histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      histogram.enable();
      return [];
    }
    const { mean, max } = histogram;
    const p99 = histogram.percentile(99);
    histogram.reset();
    if (Number.isNaN(mean)) return [];
    return Object.entries({ mean, p99, max }).map(([stat, ns]) => ({ labels: { stat }, value: delaySeconds(ns) }));
  };
}

/** The histogram counts the time between two turns of a timer, which takes its own interval too. */
function delaySeconds(ns: number): number {
  return Math.max(0, ns / NS_PER_SECOND - RESOLUTION_MS / 1000);
}
