import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveConnection } from '../../src/mlflow/connection-options.js';
import { type MlflowHttp, mlflowHttp } from '../../src/mlflow/mlflow-http.js';
import { type Fault, type FaultServer, faultServer } from './fault-server.js';

const POOL: Fault = {
  status: 400,
  body: '{"error_code":"BAD_REQUEST","message":"QueuePool limit of size 5 overflow 10 reached"}',
};
const request = { method: 'GET', path: '/thing' } as const;

describe('a server with faults', () => {
  let server: FaultServer;
  let running = 0;
  let most = 0;
  beforeEach(async () => {
    [running, most] = [0, 0];
    server = await faultServer(async ({ path }) => {
      most = Math.max(most, ++running);
      await setTimeout(path === '/slow' ? 20 : 0);
      running -= 1;
      return { answer: 'x'.repeat(100) };
    });
  });
  afterEach(() => server.stop());
  const http = (options: object = {}): MlflowHttp =>
    mlflowHttp(resolveConnection({ uri: server.uri, backoffMs: 1, timeoutMs: 100, token: 'secret', ...options }, {}));

  it.each<[string, Fault]>([
    ['status 500', { status: 500, body: 'down' }],
    ['status 429', { status: 429, body: '' }],
    ['an empty database pool', POOL],
    ['a hang', 'hang'],
    ['a dropped connection', 'drop'],
    ['an answer that breaks off', 'drop half way'],
    ['an answer that is not JSON', { status: 503, body: '<html>' }],
  ])('survives %s', async (_, fault) => {
    server.faults.push(fault, fault);
    expect(await http().call(request)).toEqual({ answer: 'x'.repeat(100) });
    expect(server.received).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 501])('does not try again after status %i', async (status) => {
    server.faults.push({ status, body: '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No such thing"}' });
    await expect(http().call(request)).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(new RegExp(`^mlflow: GET /thing: status ${status}.*: No such thing$`)),
      cause: { status, errorCode: 'RESOURCE_DOES_NOT_EXIST', isTransient: false },
    });
    expect(server.received).toHaveLength(1);
  });

  it('gives up after as many tries as it was told, with the last reason and no credentials', async () => {
    server.faults.push(...Array.from({ length: 3 }, (): Fault => 'hang'));
    const failure = await http({ retries: 2 })
      .call(request)
      .catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'SOURCE_FAILED', message: 'mlflow: GET /thing: no answer within 100 ms' });
    expect(JSON.stringify(failure)).not.toContain('secret');
    expect(server.received).toHaveLength(3);
  });

  it('names a server that nobody listens at', async () => {
    const nobody = mlflowHttp(resolveConnection({ uri: 'http://127.0.0.1:9', retries: 0 }, {}));
    await expect(nobody.call(request)).rejects.toThrow(/the connection failed/);
  });

  it('has at most so many requests in flight, over all clients of a server', async () => {
    const clients = [http({ timeoutMs: 5000 }), http({ timeoutMs: 5000 })];
    await Promise.all(Array.from({ length: 40 }, (_, i) => clients[i % 2]?.call({ method: 'GET', path: '/slow' })));
    expect(server.received).toHaveLength(40);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(4);
  });

  it('ends with CANCELLED when the signal is aborted, also in a pause', async () => {
    server.faults.push('hang');
    const inFlight = http({ signal: AbortSignal.timeout(20), timeoutMs: 5000 }).call(request);
    await expect(inFlight).rejects.toMatchObject({ code: 'CANCELLED' });
    server.faults.push(POOL, POOL);
    const inPause = http({ signal: AbortSignal.timeout(200), backoffMs: 60_000 }).call(request);
    await expect(inPause).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('looks before it makes something a second time', async () => {
    server.faults.push('drop half way');
    const find = async () => (server.received.length > 0 ? 'found' : undefined);
    expect(await http().create(request, () => 'made', find)).toBe('found');
    expect(server.received).toHaveLength(1);
  });

  it('sends credentials to the server and to no other address', async () => {
    await http().call(request);
    await http().send({ method: 'PUT', path: `${server.uri}/presigned?key=k`, body: new Uint8Array(3) });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', undefined]);
  });
});
