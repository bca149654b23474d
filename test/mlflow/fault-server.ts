// A small HTTP server for tests: a handler answers, and each fault before it is used up by one request.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a request. */
export type Fault = 'none' | 'hang' | 'drop' | 'drop half way' | { readonly status: number; readonly body: string };

/** A request as it came. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What a handler gives back: JSON, or bytes with a status and headers. */
export type Reply =
  | object
  | { readonly raw: Uint8Array; readonly status?: number; readonly headers?: Record<string, string> };

/** A running server. */
export interface FaultServer {
  readonly uri: string;
  readonly received: Received[];
  /** Taken from the front, one a request. */
  readonly faults: Fault[];
  stop(): Promise<void>;
}

/** Starts a server; a handler runs also where its answer is then dropped half way. */
export async function faultServer(handler: (request: Received) => Reply | Promise<Reply>): Promise<FaultServer> {
  const received: Received[] = [];
  const faults: Fault[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const url = new URL(incoming.url ?? '/', 'http://server');
    const { method = '', headers } = incoming;
    const request = { method, path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks) };
    received.push(request);
    await answer(response, faults.shift() ?? 'none', () => handler(request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(response: ServerResponse, fault: Fault, reply: () => Reply | Promise<Reply>): Promise<void> {
  if (fault === 'hang') return;
  if (fault === 'drop') {
    response.destroy();
    return;
  }
  if (typeof fault === 'object') {
    response.writeHead(fault.status).end(fault.body);
    return;
  }
  const content = await reply();
  const {
    raw,
    status = 200,
    headers = {},
  } = 'raw' in content ? content : { raw: Buffer.from(JSON.stringify(content)) };
  response.writeHead(status, { 'content-length': raw.length, ...headers });
  if (fault === 'none') {
    response.end(raw);
    return;
  }
  response.write(raw.subarray(0, Math.floor(raw.length / 2)), () => response.destroy());
}
