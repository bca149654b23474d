// One request to an MLflow server: credentials, a time limit, a place in the queue, and another try where that is safe.
import { checkSignal } from '../core/check-signal.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { MlflowConnection } from './connection-options.js';
import { inFlightLimit } from './in-flight-limit.js';
import { answerError, connectionError } from './remote-fault.js';
import type { Reply } from './reply.js';
import { retry } from './retry.js';

/** Bytes at hand, or a function that starts a stream of them, so that a second try can send them again. */
export type UploadContent = Uint8Array | (() => AsyncIterable<Uint8Array>);

/** What to send. */
export interface MlflowRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the address of the server; or an absolute URL, which then gets no credentials. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly json?: object;
  readonly body?: UploadContent;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, read to its end. */
export interface MlflowAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** Sends requests. */
export interface MlflowHttp {
  readonly connection: MlflowConnection;
  /** Sends a request that may be sent twice. @throws SOURCE_FAILED, CANCELLED */
  send(request: MlflowRequest): Promise<MlflowAnswer>;
  /** The same for JSON answers. @throws SOURCE_FAILED, CANCELLED */
  call(request: MlflowRequest): Promise<Reply>;
  /**
   * Sends a request that makes something new each time it arrives. After a failure that leaves open whether it arrived,
   * `find` looks first.
   * @throws SOURCE_FAILED, CANCELLED
   */
  create<T>(request: MlflowRequest, read: (reply: Reply) => T, find: () => Promise<T | undefined>): Promise<T>;
}

const BYTES_PER_MS = 1000;

/** Makes the sender of one connection. */
export function mlflowHttp(connection: MlflowConnection): MlflowHttp {
  const limit = inFlightLimit(connection.baseUrl, connection.maxInFlight);
  const once = (request: MlflowRequest) => limit(() => exchange(connection, request));
  const send = (request: MlflowRequest) => retry(connection, () => once(request));
  return {
    connection,
    send,
    call: async (request) => parse(request, await send(request)),
    create: (request, read, find) =>
      retry(connection, async (tries) => {
        const found = tries === 0 ? undefined : await find();
        return found ?? read(parse(request, await once(request)));
      }),
  };
}

async function exchange(connection: MlflowConnection, request: MlflowRequest): Promise<MlflowAnswer> {
  checkSignal(connection.signal);
  const what = `${request.method} ${nameOf(request.path)}`;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), connection.timeoutMs + uploadMs(request.body));
  const abort = () => controller.abort();
  connection.signal?.addEventListener('abort', abort, { once: true });
  try {
    const response = await fetch(address(connection, request), init(connection, request, controller.signal));
    if (!response.ok) throw await answerError(what, response);
    return {
      status: response.status,
      headers: response.headers,
      bytes: await readAll(response, () => timer.refresh()),
    };
  } catch (error) {
    checkSignal(connection.signal);
    if (isTabwrightError(error)) throw error;
    throw connectionError(what, reasonOf(error, controller.signal.aborted, connection.timeoutMs), error);
  } finally {
    clearTimeout(timer);
    connection.signal?.removeEventListener('abort', abort);
  }
}

function init(connection: MlflowConnection, request: MlflowRequest, signal: AbortSignal): RequestInit {
  const { method, json, body } = request;
  const headers = new Headers(request.headers);
  if (json !== undefined) headers.set('content-type', 'application/json');
  if (connection.authorization !== undefined && !isAbsolute(request.path)) {
    headers.set('authorization', connection.authorization);
  }
  if (json !== undefined) return { method, headers, signal, body: JSON.stringify(json) };
  if (body === undefined) return { method, headers, signal };
  if (typeof body === 'function') return { method, headers, signal, body: body(), duplex: 'half' };
  return { method, headers, signal, body: body as Uint8Array<ArrayBuffer> };
}

function address({ baseUrl }: MlflowConnection, { path, query = {} }: MlflowRequest): string {
  if (isAbsolute(path)) return path;
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  return `${baseUrl}${path}${search.size === 0 ? '' : `?${search}`}`;
}

function isAbsolute(path: string): boolean {
  return /^https?:/.test(path);
}

/** A pre-signed address holds its credentials in the query: messages name the host alone. */
function nameOf(path: string): string {
  return isAbsolute(path) ? new URL(path).host : path;
}

/** More time for what has to be sent first. */
function uploadMs(body: UploadContent | undefined): number {
  return body instanceof Uint8Array ? body.length / BYTES_PER_MS : typeof body === 'function' ? 3_600_000 : 0;
}

async function readAll(response: Response, onBytes: () => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) {
    onBytes();
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

function parse(request: MlflowRequest, { bytes }: MlflowAnswer): Reply {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Reply;
  } catch (cause) {
    throw connectionError(
      `${request.method} ${request.path}`,
      'the answer is not JSON; is this an MLflow server?',
      cause,
    );
  }
}

function reasonOf(error: unknown, wasAborted: boolean, timeoutMs: number): string {
  if (wasAborted) return `no answer within ${timeoutMs} ms`;
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return `the connection failed (${code ?? (cause instanceof Error ? cause.message : 'broken off')})`;
}
