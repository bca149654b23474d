import type { ServerResponse } from 'node:http';
import { TabwrightError } from '../core/tabwright-error.js';

/** A signal that is aborted where the connection closes before the answer was sent. */
export function clientSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const gone = () => {
    if (!response.writableFinished) controller.abort(new TabwrightError('CANCELLED', 'the client went away'));
  };
  if (response.destroyed) gone();
  else response.once('close', gone);
  return controller.signal;
}
