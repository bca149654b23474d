// A proxy before a real server: passes requests on, and does something in the place of, or after, the one with a given number.
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to a request; called before it is passed on. `pass` where the proxy should go on. */
export type Meddle = (number: number, path: string) => 'pass' | 'swallow' | 'hang' | 'drop' | 'error' | 'drop half way';

/** A running proxy. */
export interface FaultProxy {
  readonly uri: string;
  /** Requests so far. */
  readonly nRequests: () => number;
  stop(): Promise<void>;
}

/** @param afterwards Called when the server has answered, before the client hears of it. */
export async function faultProxy(
  target: string,
  meddle: Meddle,
  afterwards?: (number: number) => void,
): Promise<FaultProxy> {
  let nRequests = 0;
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    nRequests += 1;
    const number = nRequests;
    const fault = meddle(number, incoming.url ?? '');
    if (fault === 'hang') return;
    if (fault === 'drop') return void response.destroy();
    if (fault === 'error') return void response.writeHead(500).end('{"error_code":"INTERNAL_ERROR","message":"fault"}');
    const { method, headers } = incoming;
    const outgoing = send(new URL(incoming.url ?? '/', target), {
      method,
      headers: { ...headers, host: new URL(target).host },
    });
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', async (answer) => {
      const body: Buffer[] = [];
      for await (const chunk of answer) body.push(chunk);
      afterwards?.(number);
      if (fault === 'swallow') return void response.destroy();
      const whole = Buffer.concat(body);
      const { 'transfer-encoding': _, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': whole.length });
      if (fault === 'drop half way') response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
      else response.end(whole);
    });
    outgoing.end(Buffer.concat(chunks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nRequests: () => nRequests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
