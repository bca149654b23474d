// What went wrong at the other side, kept as the cause of the error so that callers here can tell "is there already"
// from "is down".
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** One failed request. */
export interface RemoteFault {
  /** Absent where there was no answer. */
  readonly status?: number;
  /** MLflow's own code, such as RESOURCE_ALREADY_EXISTS. */
  readonly errorCode?: string;
  /** Whether trying again can help. */
  readonly isTransient: boolean;
  /** How long the server asked to wait. */
  readonly retryAfterMs?: number;
}

const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);
/** SQLAlchemy's pool is empty: the server calls it a bad request, and it passes. */
const POOL_IS_EMPTY = /QueuePool limit/;
const MAX_SHOWN = 300;

/** An answer that is no success. */
export async function answerError(what: string, response: Response): Promise<TabwrightError> {
  const body = await response.text().catch(() => '');
  const { status } = response;
  const { errorCode, message } = readBody(body);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const fault: RemoteFault = {
    status,
    ...(errorCode === undefined ? {} : { errorCode }),
    isTransient: TRANSIENT.has(status) || (status === 400 && POOL_IS_EMPTY.test(body)),
    ...(retryAfter >= 0 ? { retryAfterMs: 1000 * retryAfter } : {}),
  };
  return remoteError(`${what}: status ${status}${hint(status)}: ${message.slice(0, MAX_SHOWN)}`, fault);
}

/** No answer, or one that broke off. */
export function connectionError(what: string, reason: string, cause: unknown): TabwrightError {
  return remoteError(`${what}: ${reason}`, { isTransient: true }, cause);
}

/** @param fault What callers may branch on. */
export function remoteError(message: string, fault: RemoteFault, reason?: unknown): TabwrightError {
  return new TabwrightError('SOURCE_FAILED', `mlflow: ${message}`, { cause: { ...fault, reason } });
}

/** The fault behind an error, where there is one. */
export function faultOf(error: unknown): RemoteFault | undefined {
  if (!isTabwrightError(error) || error.code !== 'SOURCE_FAILED') return undefined;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'isTransient' in cause ? (cause as RemoteFault) : undefined;
}

/** Undefined where the server knows no such thing. */
export async function orMissing<T>(call: Promise<T>, errorCode = 'RESOURCE_DOES_NOT_EXIST'): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (faultOf(error)?.errorCode === errorCode) return undefined;
    throw error;
  }
}

function readBody(body: string): { errorCode: string | undefined; message: string } {
  try {
    const { error_code: errorCode, message } = JSON.parse(body);
    return { errorCode: typeof errorCode === 'string' ? errorCode : undefined, message: String(message ?? body) };
  } catch {
    return { errorCode: undefined, message: body.trim() };
  }
}

function hint(status: number): string {
  if (status === 401) return ' (set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD)';
  return status === 403 ? ' (the server refuses these credentials or this host name; see its --allowed-hosts)' : '';
}
