// Tries again as MLflow's Python client does: at once, then after pauses that double, for failures that may pass.
import { setTimeout } from 'node:timers/promises';
import { checkSignal } from '../core/check-signal.js';
import { faultOf } from './remote-fault.js';

/** How often and how patiently. */
export interface RetryPolicy {
  readonly retries: number;
  readonly backoffMs: number;
  readonly signal: AbortSignal | undefined;
}

const MAX_PAUSE_MS = 120_000;

/**
 * Runs `attempt` until it succeeds, fails for good, or has failed too often.
 * @param attempt Gets the number of tries before this one.
 * @throws what the last attempt threw; CANCELLED
 */
export async function retry<T>(policy: RetryPolicy, attempt: (tries: number) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    checkSignal(policy.signal);
    try {
      return await attempt(tries);
    } catch (error) {
      const fault = faultOf(error);
      if (fault?.isTransient !== true || tries >= policy.retries) throw error;
      await pause(pauseMs(policy.backoffMs, tries, fault.retryAfterMs), policy.signal);
    }
  }
}

function pauseMs(backoffMs: number, tries: number, retryAfterMs = 0): number {
  const growing = tries === 0 ? 0 : backoffMs * 2 ** tries;
  const jitter = (Math.random() * backoffMs) / 2;
  return Math.min(MAX_PAUSE_MS, Math.max(growing, retryAfterMs) + jitter);
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(ms, undefined, signal === undefined ? {} : { signal });
  } catch {
    checkSignal(signal);
  }
}
