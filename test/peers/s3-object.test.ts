// Objects read from real S3-compatible servers: moto's, and versitygw, which checks signatures.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { csv } from '../../src/loaders/csv/csv.js';
import { type S3ObjectOptions, s3Object } from '../../src/loaders/remote/s3-object.js';
import type { S3ClientLike } from '../../src/loaders/remote/s3-reader.js';
import { tableCells } from '../loaders/table-cells.js';
import { type ChildServer, childServer } from './child-server.js';
import { describeGiven } from './describe-given.js';

const PEERS = join(import.meta.dirname, '../../.cache/peers');
const folder = mkdtempSync(join(tmpdir(), 'tabwright-s3-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SERVERS = [
  {
    name: 'moto',
    program: join(PEERS, 'venv/bin/moto_server'),
    args: (port: number) => ['-H', '127.0.0.1', '-p', String(port)],
  },
  {
    name: 'versitygw',
    program: join(PEERS, 'bin/versitygw'),
    args: (port: number) => [
      '--port',
      `127.0.0.1:${port}`,
      '--access',
      'tester',
      '--secret',
      'secret',
      'posix',
      folder,
    ],
  },
];

const LONG = `n,s\n${Array.from({ length: 100_000 }, (_, row) => `${row},text ${row % 100}\n`).join('')}`;
const failed = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

for (const { name, program, args } of SERVERS) {
  const suite = { given: existsSync(program) || undefined, needs: `${name}: npm run test:peers` };
  describeGiven(`an object in ${name}`, suite, () => {
    let server: ChildServer;
    let client: S3Client;
    let options: S3ObjectOptions;

    beforeAll(async () => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'tester');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
      server = await childServer((port) => [program, ...args(port)]);
      options = { endpoint: `http://127.0.0.1:${server.port}`, region: 'us-east-1' };
      client = new S3Client({ ...options, forcePathStyle: true } as object);
      await client.send(new CreateBucketCommand({ Bucket: 'data' }));
    });
    afterAll(async () => {
      client?.destroy();
      await server?.stop();
      vi.unstubAllEnvs();
    });

    const put = (Key: string, Body: string | Uint8Array) =>
      client.send(new PutObjectCommand({ Bucket: 'data', Key, Body }));
    const load = async (key: string, more: S3ObjectOptions = {}) =>
      (await csv(s3Object(`s3://data/${key}`, { ...options, ...more })).load()).data;

    it('is read whole, in one range or in many, with any key', async () => {
      await put('folder/a b?#ü.csv', LONG);
      const events: number[] = [];
      for (const partBytes of [8_388_608, 65_536, 300_000]) {
        const table = await load('folder/a b?#ü.csv', { partBytes });
        expect([table.numRows(), table.get('n', 99_999), table.get('s', 99_999)]).toEqual([100_000, 99_999, 'text 99']);
      }
      const source = s3Object('s3://data/folder/a b?#ü.csv', { client, partBytes: 100_000 });
      const onProgress = ({ phase, completed }: { phase: string; completed: number }) =>
        phase === 'fetch' && events.push(completed);
      await csv(source).load({ onProgress });
      expect(events.at(-1)).toBe(LONG.length);
      expect(events).toEqual([...events].sort((a, b) => a - b));
    });

    it('may be compressed, and read in batches', async () => {
      await put('a.csv.gz', gzipSync('a,b\n1,x\n2,y\n'));
      expect(tableCells(await load('a.csv.gz', { partBytes: 7 }))).toEqual({ a: [1, 2], b: ['x', 'y'] });
      const sizes = [];
      for await (const table of csv(s3Object('s3://data/a.csv.gz', options)).batches({ rows: 1 }))
        sizes.push(table.numRows());
      expect(sizes).toEqual([1, 1]);
    });

    it('is an error where it is replaced or deleted between two ranges, not half of each', async () => {
      const changes = {
        replaced: () => put('changing.csv', LONG.replaceAll('text', 'TEXT')),
        deleted: () => client.send(new DeleteObjectCommand({ Bucket: 'data', Key: 'changing.csv' })),
      };
      for (const [how, change] of Object.entries(changes)) {
        await put('changing.csv', LONG);
        let nRanges = 0;
        const between: S3ClientLike = {
          async send(command, more) {
            if ('Range' in (command as { input: object }).input && ++nRanges === 3) await change();
            return client.send(command, more as object);
          },
        };
        const source = s3Object('s3://data/changing.csv', { client: between, partBytes: 100_000, numParts: 1 });
        await expect(csv(source).load(), how).rejects.toThrow(
          failed('SOURCE_CHANGED', /^s3Object: s3:\/\/data\/changing\.csv was replaced while it was read$/),
        );
        expect(nRanges).toBe(3);
      }
    });

    it('is read as it is where the same bytes are put again', async () => {
      await put('same.csv', LONG);
      const between: S3ClientLike = {
        async send(command, more) {
          if ('Range' in (command as { input: object }).input) await put('same.csv', LONG);
          return client.send(command, more as object);
        },
      };
      const { data } = await csv(s3Object('s3://data/same.csv', { client: between, partBytes: 400_000 })).load();
      expect(data.numRows()).toBe(100_000);
    });

    it('is refused where it is too large, empty or not there', async () => {
      await put('long.csv', LONG);
      await put('empty.csv', '');
      const rule = /^s3:\/\/data\/long\.csv: the object must have at most 1000 bytes \(maxBytes\), got \d+$/;
      await expect(load('long.csv', { maxBytes: 1000 })).rejects.toThrow(failed('DATA_TOO_LARGE', rule));
      await expect(load('empty.csv')).rejects.toThrow(
        failed('DATA_EMPTY', /^s3:\/\/data\/empty\.csv: the file is empty$/),
      );
      await expect(load('none.csv')).rejects.toThrow(
        failed('FILE_NOT_FOUND', /none\.csv: the store answers with status 404$/),
      );
    });

    it('ends where the signal is aborted or the time is over', async () => {
      await put('long.csv', LONG);
      const stop = new AbortController();
      const source = s3Object('s3://data/long.csv', { ...options, partBytes: 10_000, numParts: 1 });
      const loading = csv(source).load({ signal: stop.signal, onProgress: () => stop.abort() });
      await expect(loading).rejects.toThrow(failed('CANCELLED', /cancelled/));
      const late = failed('SOURCE_FAILED', /did not arrive within 1 ms \(timeoutMs\)$/);
      await expect(load('long.csv', { timeoutMs: 1 })).rejects.toThrow(late);
    });

    it.runIf(name === 'versitygw')('needs the right keys', async () => {
      await put('long.csv', LONG);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
      await expect(load('long.csv')).rejects.toThrow(failed('FILE_NOT_FOUND', /status 403$/));
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    });
  });
}
