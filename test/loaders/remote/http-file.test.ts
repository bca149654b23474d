import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../../src/core/progress.js';
import { csv } from '../../../src/loaders/csv/csv.js';
import { type HttpFileOptions, httpFile } from '../../../src/loaders/remote/http-file.js';
import { tableCells } from '../table-cells.js';

const TEXT = 'a,b\n1,x\n2,y\n';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const local = (url: string, options: HttpFileOptions = {}) => httpFile(url, { allowPrivate: true, ...options });
const load = async (url: string, options: HttpFileOptions = {}) =>
  tableCells((await csv(local(url, options)).load()).data);
const failed = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('httpFile', () => {
  it('gives a loader the bytes behind a URL, again at each load, and tells progress', async () => {
    const url = await serve((_, response) => response.setHeader('content-length', TEXT.length).end(TEXT));
    const events: ProgressEvent[] = [];
    const loader = csv({ first: local(`${url}/a.csv?token=secret`), second: local(`${url}/b.csv`) });
    const { first, second } = await loader.load({ onProgress: (event) => events.push(event) });
    expect(tableCells(first)).toEqual({ a: [1, 2], b: ['x', 'y'] });
    expect(tableCells(second)).toEqual(tableCells(first));
    expect(events[0]).toEqual({ phase: 'fetch', completed: 12, total: 12, message: `${url}/a.csv` });
    expect(events.at(-1)).toEqual({ phase: 'load', completed: 24, total: 24, message: `${url}/b.csv` });
    expect((await loader.load()).first.numRows()).toBe(2);
  });

  it('gives batches', async () => {
    const url = await serve((_, response) => response.end(TEXT));
    const tables = [];
    for await (const table of csv(local(url)).batches({ rows: 1 })) tables.push(tableCells(table));
    expect(tables).toEqual([
      { a: [1], b: ['x'] },
      { a: [2], b: ['y'] },
    ]);
  });

  it.each([
    ['gzip', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['identity', Buffer.from(TEXT)],
  ])('decodes a transfer in %s', async (encoding, body) => {
    const url = await serve((_, response) => response.setHeader('content-encoding', encoding).end(body));
    expect(await load(url)).toEqual({ a: [1, 2], b: ['x', 'y'] });
  });

  it('reads a file that is itself compressed', async () => {
    const url = await serve((_, response) =>
      response.setHeader('content-type', 'application/gzip').end(gzipSync(TEXT)),
    );
    expect(await load(`${url}/a.csv.gz`)).toEqual({ a: [1, 2], b: ['x', 'y'] });
  });

  it('names the URL, without its query, where the file is wrong', async () => {
    const url = await serve((_, response) => response.end('a,b\n1\n'));
    const error = failed(
      'CSV_MALFORMED',
      /^http:\/\/127\.0\.0\.1:\d+\/a\.csv: .* line 2 has 1 \(column 2, "b", is missing\)$/,
    );
    await expect(load(`${url.replace('//', '//user:secret@')}/a.csv?token=secret`)).rejects.toThrow(error);
  });

  it('sends headers to the first origin only', async () => {
    const seen: unknown[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end(TEXT);
    });
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const location = request.url === '/a' ? '/b' : `${other}/c`;
      response.writeHead(302, { location }).end();
    });
    await load(`${url}/a`, { headers: { authorization: 'Bearer secret' } });
    expect(seen).toEqual(['Bearer secret', 'Bearer secret', undefined]);
  });
});

describe('httpFile refuses', () => {
  it('this machine and private networks unless they are allowed', async () => {
    const url = await serve((_, response) => response.end(TEXT));
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '[::ffff:127.0.0.1]']) {
      const source = httpFile(url.replace('127.0.0.1', host));
      await expect(csv(source).load(), host).rejects.toThrow(failed('SOURCE_REFUSED', /not public/));
    }
    await expect(load(url, { allow: ['example.com'] })).rejects.toThrow(failed('SOURCE_REFUSED', /is not in allow$/));
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'file:///etc/passwd',
  ])('a redirect to %s', async (location) => {
    const url = await serve((_, response) => response.writeHead(302, { location }).end());
    await expect(load(url)).rejects.toThrow(failed('SOURCE_REFUSED', /^httpFile: the (host|scheme)/));
  });

  it('a redirect to a host that is not listed, and too many of them', async () => {
    const url = await serve((request, response) =>
      response.writeHead(307, { location: request.url === '/out' ? 'http://example.com/' : '/again' }).end(),
    );
    const allow = ['127.0.0.1'];
    await expect(load(`${url}/out`, { allow })).rejects.toThrow(
      failed('SOURCE_REFUSED', /host example\.com is not in/),
    );
    await expect(load(url, { allow })).rejects.toThrow(
      failed('SOURCE_FAILED', /redirects too often \(maxRedirects\)$/),
    );
  });

  it.each([
    [404, 'FILE_NOT_FOUND'],
    [403, 'FILE_NOT_FOUND'],
    [500, 'SOURCE_FAILED'],
    [204, 'SOURCE_FAILED'],
  ])('status %s with %s', async (status, code) => {
    const url = await serve((_, response) => response.writeHead(status).end());
    await expect(load(url)).rejects.toThrow(failed(code, new RegExp(`answers with status ${status}$`)));
  });

  it('a file past the limit, before it is sent where its size is told', async () => {
    let nSent = 0;
    const endless = () => {
      nSent += 65_536;
      return Buffer.alloc(65_536, '1\n');
    };
    const url = await serve((request, response) => {
      if (request.url === '/told') response.writeHead(200, { 'content-length': 10_000_000 });
      Readable.from(
        (function* () {
          while (!response.destroyed) yield endless();
        })(),
      ).pipe(response);
    });
    const error = failed('DATA_TOO_LARGE', /at most 1000000 bytes \(maxBytes\)$/);
    await expect(load(`${url}/told`, { maxBytes: 1_000_000 })).rejects.toThrow(error);
    await expect(load(`${url}/endless`, { maxBytes: 1_000_000 })).rejects.toThrow(error);
    expect(nSent).toBeLessThan(100_000_000);
  });

  it('a bomb: a small transfer that decodes to more than the limit', async () => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      const blocks = Readable.from(Array.from({ length: 200 }, () => Buffer.alloc(1_048_576, '1\n')));
      blocks.pipe(createGzip()).pipe(response);
    });
    await expect(load(url, { maxBytes: 5_000_000 })).rejects.toThrow(failed('DATA_TOO_LARGE', /at most 5000000 bytes/));
  });

  it('a transfer that is cut off, damaged or in an unknown encoding', async () => {
    const url = await serve(({ url: path }, response) => {
      if (path === '/cut') {
        response.writeHead(200, { 'content-length': 100 });
        response.write(TEXT, () => response.destroy());
      } else if (path === '/chunked') response.write(TEXT, () => response.destroy());
      else if (path === '/gzip') response.setHeader('content-encoding', 'gzip').end(gzipSync(TEXT).subarray(0, -9));
      else response.setHeader('content-encoding', 'compress').end(TEXT);
    });
    for (const path of ['cut', 'chunked', 'gzip', 'unknown']) {
      await expect(load(`${url}/${path}`), path).rejects.toThrow(failed('SOURCE_FAILED', /^httpFile: http/));
    }
    await expect(load('http://127.0.0.1:1/')).rejects.toThrow(
      failed('SOURCE_FAILED', /cannot be read \(ECONNREFUSED\)$/),
    );
  });

  it('to wait for ever, for the first byte, for the next, or for the last', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/silent') return;
      response.write(TEXT);
      if (request.url === '/drip') setInterval(() => response.write('3,z\n'), 20).unref();
    });
    const idle = failed('SOURCE_FAILED', /did not send a byte for 150 ms \(idleTimeoutMs\)$/);
    await expect(load(`${url}/silent`, { idleTimeoutMs: 150 })).rejects.toThrow(idle);
    await expect(load(`${url}/stalls`, { idleTimeoutMs: 150 })).rejects.toThrow(idle);
    const late = failed('SOURCE_FAILED', /did not arrive within 200 ms \(timeoutMs\)$/);
    await expect(load(`${url}/drip`, { timeoutMs: 200 })).rejects.toThrow(late);
  });

  it('to go on where the signal is aborted', async () => {
    const stop = new AbortController();
    const url = await serve((_, response) => response.write(TEXT, () => stop.abort()));
    const cancelled = failed('CANCELLED', /cancelled/);
    await expect(csv(local(url)).load({ signal: stop.signal })).rejects.toThrow(cancelled);
    await expect(csv(local(url)).load({ signal: AbortSignal.abort() })).rejects.toThrow(cancelled);
  });

  it('wrong options at once', () => {
    expect(() => httpFile('not a url')).toThrow(failed('OPTION_INVALID', /^httpFile: url must be a URL$/));
    expect(() => httpFile('http://a/', { maxBytes: 0 })).toThrow(failed('OPTION_INVALID', /maxBytes must be/));
  });
});
