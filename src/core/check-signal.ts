import { TabwrightError } from './tabwright-error.js';

/**
 * Ends the caller's work where its signal was aborted.
 * @throws CANCELLED
 */
export function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new TabwrightError('CANCELLED', 'the operation was cancelled', { cause: signal.reason });
}
