// Optimistic changes: try, and try again where another process was first, for a limited time.
import { setTimeout } from 'node:timers/promises';
import { TabwrightError } from './tabwright-error.js';

const MAX_PAUSE_MS = 10;

/**
 * Repeats `attempt` until it returns something, with short pauses of random length so that rivals fall out of step.
 * @param what What is being changed, for the message.
 * @param attempt Returns undefined where another process was first.
 * @throws REGISTRY_BUSY after `busyTimeoutMs` of lost attempts
 */
export async function takeTurn<T>(
  what: string,
  busyTimeoutMs: number,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + busyTimeoutMs;
  for (;;) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (performance.now() >= end) {
      throw new TabwrightError(
        'REGISTRY_BUSY',
        `${what}: other processes kept changing it for ${busyTimeoutMs} ms; try again`,
      );
    }
    await setTimeout(Math.random() * MAX_PAUSE_MS);
  }
}
