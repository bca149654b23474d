// A Lambda handler behind node:http: a gateway that makes events of requests, and answers of what is returned.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { LambdaEvent, LambdaResult } from '../../adapters/lambda.js';
import type { RunningHost } from './hosts.js';
import type { ToEvent } from './lambda-events.js';
import { bytesOf } from './lambda-events.js';

/** Listens on a free port of this machine; the event goes through JSON, as it does in Lambda. */
export async function serveLambda(
  handler: (event: LambdaEvent) => Promise<LambdaResult>,
  toEvent: ToEvent,
): Promise<RunningHost> {
  const server = createServer(async (incoming, outgoing) => {
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const { method = 'GET', url: target = '/' } = incoming;
    const body = await buffer(incoming).catch(() => undefined);
    if (body === undefined) return;
    const event = toEvent({ method, target, headers, body });
    const result: LambdaResult = JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(event)))));
    const bytes = bytesOf(result);
    outgoing.writeHead(result.statusCode, { 'content-length': bytes.length, ...result.headers });
    outgoing.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
