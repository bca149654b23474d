// One request over a real socket, with nothing added to it and nothing hidden from its answer.
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:http';

export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Sends the body without its length, in chunks. */
  readonly chunked?: boolean;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request and reads the whole answer. */
export function exchange(
  origin: string,
  { method = 'GET', path, headers = {}, body, chunked }: Sent,
): Promise<Received> {
  const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${path}`,
      { method, agent: false, headers: { ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on('error', reject);
    if (chunked) sent.flushHeaders();
    sent.end(body);
  });
}

/** A POST with a JSON body. */
export function postJson(path: string, value: unknown, headers: Readonly<Record<string, string>> = {}): Sent {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return { method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** A POST with a CSV body. */
export function postCsv(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Sent {
  return { method: 'POST', path, headers: { 'content-type': 'text/csv', ...headers }, body };
}
