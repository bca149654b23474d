// 10 MB of gzip that hold 10 GB of CSV: refused at the limit, whether the file is here or behind a URL, in memory and on a disk that stay small.
import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { csv } from '../../../src/loaders/csv/csv.js';
import { httpFile } from '../../../src/loaders/remote/http-file.js';

const TEXT_BYTES = 1e10;
const BLOCK = Buffer.alloc(4_194_304, '1,2\n');
const MAX_BYTES = 100_000_000;
const MAX_RSS = 700e6;

const folder = mkdtempSync(join(tmpdir(), 'tabwright-bomb-'));
const bomb = join(folder, 'bomb.csv.gz');
const tooLarge = expect.objectContaining({
  code: 'DATA_TOO_LARGE',
  message: expect.stringContaining(`at most ${MAX_BYTES} bytes`),
});

beforeAll(() => {
  // Members of gzip that follow on each other are one file.
  const member = gzipSync(BLOCK, { level: 9 });
  const nMembers = Math.ceil(TEXT_BYTES / BLOCK.length);
  writeFileSync(bomb, Buffer.concat([gzipSync('a,b\n'), ...Array<Buffer>(nMembers).fill(member)]));
  expect(statSync(bomb).size).toBeLessThan(11e6);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('a file stops at the limit, whole and in batches', async () => {
  const loader = csv(bomb, { maxBytes: MAX_BYTES });
  await expect(loader.load()).rejects.toThrow(tooLarge);
  const reading = async () => {
    for await (const batch of loader.batches()) expect(batch.numCols()).toBe(2);
  };
  await expect(reading()).rejects.toThrow(tooLarge);
  expect(process.memoryUsage.rss()).toBeLessThan(MAX_RSS);
});

it('a transfer stops at the limit, and leaves nothing on the disk', async () => {
  vi.stubEnv('TMPDIR', folder);
  const server = createServer((_, response) => {
    response.setHeader('content-encoding', 'gzip');
    createReadStream(bomb).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bomb.csv`;
  const source = httpFile(url, { allowPrivate: true, maxBytes: MAX_BYTES });
  await expect(csv(source).load()).rejects.toThrow(tooLarge);
  expect(process.memoryUsage.rss()).toBeLessThan(MAX_RSS);
  expect(readdirSync(folder)).toEqual(['bomb.csv.gz']);
  server.closeAllConnections();
  server.close();
});
