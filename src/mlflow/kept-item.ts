// Keeps an item on disk while a server is asked to take it, and words the error where the server does not.
import { TabwrightError } from '../core/tabwright-error.js';
import { addToSpool, type SpooledItem } from './spool.js';
import type { SpoolItem } from './spool-item.js';

/** An item on disk, or why it could not be put there: a full disk must not stop a server that works. */
export type KeptItem = SpooledItem | Error;

/** Puts an item into the spool, held by this process. */
export function keep(folder: string, item: SpoolItem): Promise<KeptItem> {
  return addToSpool(folder, item).catch(asError);
}

/** The error for an item that was not delivered; `tabwright mlflow sync` may have it from here on. */
export async function undelivered(kept: KeptItem, what: string, cause: unknown): Promise<TabwrightError> {
  const reason = asError(cause).message;
  if (kept instanceof Error) {
    const message = `${reason}; nor could the ${what} be kept on disk: ${kept.message}`;
    return new TabwrightError('SOURCE_FAILED', message, { cause });
  }
  await kept.release();
  const message = `${reason}; the ${what} is kept in ${kept.path}: tabwright mlflow sync sends it`;
  return new TabwrightError('SOURCE_FAILED', message, { cause });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
