// What a route may declare beyond one row in, one JSON object out.
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/core/logger.js';
import { optionsTable } from '../../src/core/options-table.js';
import { resolveOptions } from '../../src/core/resolve-options.js';
import { TabwrightError } from '../../src/core/tabwright-error.js';
import type { ServingContext } from '../../src/serving/mount-route.js';
import { mountRoute } from '../../src/serving/mount-route.js';
import type { HandlerRequest, RouteDeclaration, RouteResponse } from '../../src/serving/route.js';
import { servingMetrics } from '../../src/serving/serving-metrics.js';
import { servingOptions } from '../../src/serving/serving-options.js';
import type { Asked } from './ask.js';
import { ask } from './ask.js';

const context: ServingContext = {
  options: resolveOptions(servingOptions, {}),
  logger: silentLogger,
  metrics: servingMetrics(undefined),
  authorize: undefined,
  generateRequestId: () => 'made',
  clock: () => 0,
};

function mounted(declared: Partial<RouteDeclaration>, around: Partial<ServingContext> = {}) {
  const declaration: RouteDeclaration = {
    operation: 'tried',
    method: 'POST',
    path: '/tried',
    scope: 'open',
    summary: 'Tried.',
    model: 'none',
    describe: () => ({ answer: {} }),
    handle: () => ({ status: 204 }),
    ...declared,
  };
  const route = mountRoute(declaration, { row: {}, prediction: {} }, { ...context, ...around });
  return (asked: Partial<Asked> = {}) => ask([route], { method: declaration.method, path: '/tried', ...asked });
}

const upload = (handle: (request: HandlerRequest) => Promise<string>, mediaTypes: readonly string[] | 'any' = 'any') =>
  mounted({
    body: { kind: 'stream', limitBytes: 10, mediaTypes },
    handle: async (request) => ({ mediaType: 'text/html', body: await handle(request) }),
  });

async function readAll({ upload: sent }: HandlerRequest): Promise<string> {
  let text = sent?.mediaType ?? '';
  for await (const piece of sent?.pieces ?? []) text += `,${Buffer.from(piece)}`;
  return text;
}

describe('an answer', () => {
  test.each([201, 202] as const)('may have status %d', async (status) => {
    const answered = await mounted({ handle: () => ({ status, mediaType: 'text/html', body: '<p>' }) })();
    expect(answered).toMatchObject({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<p>' });
  });

  test('of nothing has no content type', async () => {
    const answered = await mounted({ handle: () => ({ status: 204, headers: { 'x-a': 'b' } }) })();
    expect(answered).toEqual({ status: 204, headers: { 'x-request-id': 'made', 'x-a': 'b' }, body: '' });
  });

  test('comes in pieces, and is counted when it is over', async () => {
    const seen: unknown[] = [];
    async function* pieces() {
      yield 'a';
      seen.push('second');
      yield Buffer.from('b');
    }
    const metrics = {
      ...servingMetrics(undefined),
      request: (_route: string, _method: string, status: number) => seen.push(status),
    };
    const answered = await mounted({ handle: () => ({ mediaType: 'text/csv', body: pieces() }) }, { metrics })();
    expect([answered.body, seen]).toEqual(['ab', ['second', 200]]);
  });

  test('is an error where the first piece throws one, and breaks off where a later one does', async () => {
    async function* failing(after: number): AsyncGenerator<string> {
      for (let i = 0; i < after; i++) yield 'x';
      throw new TabwrightError('DATA_EMPTY', 'no rows');
    }
    const send = (after: number) => mounted({ handle: () => ({ mediaType: 'text/csv', body: failing(after) }) })();
    expect(await send(0)).toMatchObject({ status: 422, headers: { 'content-type': /problem/ } });
    await expect(send(1)).rejects.toMatchObject({ code: 'DATA_EMPTY' });
  });

  test('is left where its reader leaves, also before the first piece is taken', async () => {
    let isLeft = false;
    async function* endless() {
      try {
        for (;;) yield 'x';
      } finally {
        isLeft = true;
      }
    }
    const counted: number[] = [];
    const metrics = {
      ...servingMetrics(undefined),
      request: (_route: string, _method: string, status: number) => counted.push(status),
    };
    const declaration = { handle: () => ({ mediaType: 'text/event-stream', body: endless() }) as const };
    const request = { params: {}, url: '/tried', headers: {}, body: undefined, basePath: '', signal: neverAborted };
    const route = mountRoute({ ...plain, ...declaration }, { row: {}, prediction: {} }, { ...context, metrics });
    const { body } = await new Promise<RouteResponse>((resolve, reject) => route.answer(request, resolve, reject));
    await (body as AsyncIterable<string>)[Symbol.asyncIterator]().return?.();
    expect([isLeft, counted]).toEqual([true, [200]]);
  });
});

const neverAborted = () => new AbortController().signal;
const plain: RouteDeclaration = {
  operation: 'tried',
  method: 'GET',
  path: '/tried',
  scope: 'open',
  summary: 'Tried.',
  model: 'none',
  describe: () => ({ answer: {} }),
  handle: () => ({ status: 204 }),
};

describe('an upload', () => {
  const form = { 'content-type': 'Multipart/Form-Data; boundary=x' };

  test('is read as it arrives, from a stream, bytes or text', async () => {
    const send = upload(readAll);
    for (const body of [Readable.from([Buffer.from('ab'), Buffer.from('cd')]), Buffer.from('abcd'), 'abcd']) {
      expect((await send({ headers: form, body })).body.replace('ab,cd', 'abcd')).toBe('multipart/form-data,abcd');
    }
  });

  test('is refused over the limit, by its length or as it arrives, and the rest is dropped', async () => {
    const send = upload(readAll);
    const announced = new PassThrough();
    expect((await send({ headers: { ...form, 'content-length': '11' }, body: announced })).status).toBe(413);
    const body = new PassThrough();
    for (let i = 0; i < 5; i++) body.write('abc');
    expect((await send({ headers: form, body })).status).toBe(413);
    const ended = new Promise((resolve) => body.on('end', resolve));
    body.end('x'.repeat(100_000));
    await ended;
    expect((await send({ headers: form, body: Buffer.alloc(11) })).status).toBe(413);
  });

  test('may be left unread', async () => {
    expect((await upload(async () => 'unread')({ headers: form, body: Readable.from(['abc']) })).body).toBe('unread');
  });

  test('is refused by its media type where the route names some', async () => {
    const send = upload(readAll, ['text/csv']);
    expect((await send({ headers: form, body: Readable.from([]) })).status).toBe(415);
  });

  test('is refused where it breaks off, or is not there, or was parsed', async () => {
    const body = new PassThrough();
    const answering = upload(readAll)({ headers: form, body });
    body.write('a');
    setImmediate(() => body.destroy(new Error('reset')));
    expect(JSON.parse((await answering).body).code).toBe('REQUEST_INVALID');
    for (const gone of [undefined, { a: 1 }]) expect((await upload(readAll)({ body: gone })).status).toBe(400);
  });
});

describe('a query', () => {
  const query = optionsTable('list', {
    limit: { type: 'integer', default: 10, min: 1, max: 100, doc: 'Most items.' },
    state: { type: 'choice', choices: ['done', 'failed'], default: undefined, doc: 'Which.' },
  });
  const send = mounted({
    method: 'GET',
    query,
    handle: (request) => ({ mediaType: 'application/json', body: JSON.stringify(request.query) }),
  });

  test('has the types and defaults of its table', async () => {
    expect((await send()).body).toBe('{"limit":10}');
    expect((await send({ path: '/tried?limit=3&state=done' })).body).toBe('{"limit":3,"state":"done"}');
  });

  test.each(['limit=0', 'limit=many', 'limit=1&limit=2', 'other=1', 'state=lost', '__proto__=1'])(
    'refuses %s',
    async (text) => {
      expect((await send({ path: `/tried?${text}` })).status).toBe(400);
    },
  );
});

describe('authorize', () => {
  test('is asked before the body is received, with scope, route and headers, and names the caller', async () => {
    const asked: unknown[] = [];
    const authorize: ServingContext['authorize'] = async (request) => {
      asked.push(request);
      return 'ci';
    };
    const handle = ({ caller }: HandlerRequest) => ({ mediaType: 'text/html', body: String(caller) }) as const;
    const send = mounted({ scope: 'admin', handle }, { authorize });
    expect((await send({ headers: { 'x-key': 'k' } })).body).toBe('ci');
    expect(asked).toEqual([{ scope: 'admin', operation: 'tried', params: {}, headers: { 'x-key': 'k' } }]);
    expect((await mounted({ handle }, { authorize })()).body).toBe('undefined');
    expect(asked).toHaveLength(1);
  });

  test.each(['now', 'later'])('refuses %s, and the body stays where it is', async (when) => {
    const refuse = () => {
      throw new TabwrightError('UNAUTHORIZED', 'a key is required');
    };
    const authorize = when === 'now' ? refuse : async () => refuse();
    const body = new PassThrough();
    const accepted = { kind: 'decoded', limitBytes: 10, mediaTypes: ['application/json'] } as const;
    const answered = await mounted({ scope: 'predict', body: accepted }, { authorize })({ body });
    expect(answered).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(body.readableFlowing).toBeNull();
  });
});

test('an optional body may be absent', async () => {
  const body = { kind: 'decoded', limitBytes: 10, mediaTypes: ['application/json'], optional: true } as const;
  expect((await mounted({ body })({ body: Readable.from([]) })).status).toBe(204);
});

test('a handler gets the signal of its client', async () => {
  const gone = AbortSignal.abort(new TabwrightError('CANCELLED', 'gone'));
  const handle = ({ signal }: HandlerRequest) => ({ mediaType: 'text/html', body: String(signal().aborted) }) as const;
  expect((await mounted({ handle })({ signal: gone })).body).toBe('true');
});
