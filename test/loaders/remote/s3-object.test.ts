// What a store can do wrong; test/peers reads from real ones.

import type { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { csv } from '../../../src/loaders/csv/csv.js';
import { type S3ObjectOptions, s3Object } from '../../../src/loaders/remote/s3-object.js';
import type { S3ClientLike } from '../../../src/loaders/remote/s3-reader.js';
import { tableCells } from '../table-cells.js';

const TEXT = 'a,b\n1,x\n2,y\n';
const failed = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });
afterEach(() => vi.doUnmock('@aws-sdk/client-s3'));

/** A store whose answer to the nth range may be something else. */
function store(answer: (body: Buffer, nth: number) => object | undefined): S3ClientLike {
  let nRanges = 0;
  return {
    async send({ input }: { input: { Range?: string } }) {
      if (input.Range === undefined) return { ContentLength: TEXT.length, ETag: 'one' };
      const [from, to] = (/(\d+)-(\d+)/.exec(input.Range) ?? []).slice(1).map(Number);
      const body = Buffer.from(TEXT).subarray(from, (to as number) + 1);
      return { ETag: 'one', Body: chunks(body), ...answer(body, ++nRanges) };
    },
  };
}

async function* chunks(...list: (Buffer | Error)[]) {
  for (const chunk of list) {
    if (chunk instanceof Error) throw chunk;
    yield chunk;
  }
}

const load = async (client: S3ClientLike, options: S3ObjectOptions = {}) =>
  tableCells((await csv(s3Object('s3://data/a.csv', { client, partBytes: 5, ...options })).load()).data);

describe('s3Object', () => {
  it('takes the client of the package', () => {
    expectTypeOf<S3Client>().toExtend<S3ClientLike>();
  });

  it('reads a part again where the connection breaks, three times at most', async () => {
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const once = store((body, nth) => (nth === 2 ? { Body: chunks(body.subarray(0, 3), reset) } : undefined));
    expect(await load(once, { numParts: 1 })).toEqual({ a: [1, 2], b: ['x', 'y'] });
    let nTries = 0;
    const always = store((_, nth) => {
      nTries = nth;
      return { Body: chunks(reset) };
    });
    await expect(load(always, { numParts: 1 })).rejects.toThrow(
      failed('SOURCE_FAILED', /cannot be read \(ECONNRESET\)$/),
    );
    expect(nTries).toBe(3);
  });

  it.each([
    ['another version, whatever the request asked for', { ETag: 'two' }, 'SOURCE_CHANGED', /was replaced while/],
    ['more bytes than asked for', { Body: chunks(Buffer.from(TEXT)) }, 'SOURCE_FAILED', /another number of bytes/],
    ['fewer bytes than asked for', { Body: chunks(Buffer.from('a')) }, 'SOURCE_FAILED', /another number of bytes/],
    ['no body', { Body: undefined }, 'SOURCE_FAILED', /sent no body$/],
  ])('refuses a store that sends %s', async (_, answer, code, message) => {
    await expect(load(store(() => answer))).rejects.toThrow(failed(code, message));
  });

  it('ends the other parts where one fails', async () => {
    let nAborted = 0;
    const client: S3ClientLike = {
      async send({ input }: { input: { Range?: string } }, { abortSignal } = {}) {
        if (input.Range === undefined) return { ContentLength: 40, ETag: 'one' };
        if (input.Range.startsWith('bytes=0-'))
          throw Object.assign(new Error(), { $metadata: { httpStatusCode: 500 } });
        return new Promise((_, reject) => {
          abortSignal?.addEventListener('abort', () => reject(new Error(`aborted ${++nAborted}`)));
        });
      },
    };
    await expect(load(client)).rejects.toThrow(failed('SOURCE_FAILED', /answers with status 500$/));
    expect(nAborted).toBe(3);
  });

  it('refuses wrong options at once', () => {
    for (const url of ['https://a/b', 's3://bucket', 's3://bucket/', 's3:///key']) {
      expect(() => s3Object(url), url).toThrow(failed('OPTION_INVALID', /must be of the form s3:\/\/bucket\/key$/));
    }
    const client = store(() => undefined);
    expect(() => s3Object('s3://a/b', { client, region: 'eu-west-1' })).toThrow(
      failed('OPTION_INVALID', /must be left to the client that is given$/),
    );
    expect(() => s3Object('s3://a/b', { numParts: 0 })).toThrow(failed('OPTION_INVALID', /numParts must be/));
  });

  it('names the package that is missing', async () => {
    vi.doMock('@aws-sdk/client-s3', () => {
      throw new Error('not installed');
    });
    await expect(load(store(() => undefined))).rejects.toThrow(
      failed('PACKAGE_MISSING', /needs the package @aws-sdk\/client-s3 \(version 3\): npm install/),
    );
  });
});
