import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { artifactAddress, joined } from '../../src/mlflow/artifact-address.js';
import { mlflowClient } from '../../src/mlflow/mlflow-client.js';
import { type FaultServer, faultServer, type Received, type Reply } from './fault-server.js';

const ROOT = 'mlflow-artifacts:/1/models/m-1/artifacts';
const PROXY = '/api/2.0/mlflow-artifacts/artifacts/1/models/m-1/artifacts/';
const MPU = '/api/2.0/mlflow-artifacts/mpu/';

describe('artifactAddress', () => {
  it.each(['..', 'a/../../b', './a', 'a//b', '/a', 'a/', '..\\a', 'a/..'])('refuses the path %j', (path) => {
    expect(() => artifactAddress(ROOT, path)).toThrow(/artifact path must have no part/);
  });

  it('refuses a server that does not pass artifacts through', () => {
    expect(() => artifactAddress('s3://bucket/1', 'a')).toThrow(/--serve-artifacts/);
  });

  it('reads the forms that servers give', () => {
    for (const uri of ['mlflow-artifacts:/1/a', 'mlflow-artifacts:1/a', 'mlflow-artifacts://host:5000/1/a']) {
      expect(joined(artifactAddress(uri, 'b'))).toBe('1/a/b');
    }
  });

  it('names one file below its root, whatever the name', () => {
    const part = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/^\.\.?$|[/\\]/.test(text));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const { pathname } = new URL(joined(artifactAddress(ROOT, parts.join('/'))), 'http://server/x/');
        const prefix = '/x/1/models/m-1/artifacts/';
        expect(pathname.startsWith(prefix)).toBe(true);
        expect(decodeURIComponent(pathname.slice(prefix.length))).toBe(parts.join('/'));
      }),
    );
  });
});

describe('artifacts through the proxy', () => {
  const stored = new Map<string, Buffer>();
  let offersParts: boolean;
  let knowsRanges: boolean;
  let server: FaultServer;

  function handle({ method, path, headers, body }: Received): Reply {
    if (path === '/api/3.0/mlflow/server-info') return { multipart_uploads_enabled: offersParts };
    if (path === `${MPU}create/1/models/m-1/artifacts/deep`) {
      const { num_parts } = JSON.parse(body.toString());
      const url = (i: number) => `${server.uri}/store/${i + 1}`;
      const credentials = Array.from({ length: num_parts }, (_, i) => ({
        url: url(i),
        part_number: i + 1,
        headers: {},
      }));
      return { upload_id: 'u1', credentials };
    }
    if (path.startsWith(MPU)) return {};
    if (method === 'PUT') {
      stored.set(decodeURIComponent(path), body);
      return { raw: new Uint8Array(), headers: { etag: `"${path}"` } };
    }
    const found = stored.get(decodeURIComponent(path));
    if (found === undefined) return { raw: Buffer.from('no'), status: 404 };
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    if (start === undefined || !knowsRanges) return { raw: found };
    return Number(start) >= found.length
      ? { raw: new Uint8Array(), status: 416 }
      : { raw: found.subarray(Number(start), Number(end) + 1), status: 206 };
  }

  beforeEach(async () => {
    stored.clear();
    offersParts = false;
    knowsRanges = true;
    server = await faultServer(handle);
  });
  afterEach(() => server.stop());
  const client = (options: object = {}) => mlflowClient({ uri: server.uri, backoffMs: 1, ...options }).artifacts;

  it('writes bytes and streams, and sends a stream again that broke off', async () => {
    async function* pieces() {
      yield Buffer.from('one ');
      yield Buffer.from('two');
    }
    server.faults.push({ status: 500, body: '' });
    await client().write(ROOT, 'data/ä b.txt', pieces);
    expect(stored.get(`${PROXY}data/ä b.txt`)?.toString()).toBe('one two');
    expect(await client().read(ROOT, 'data/ä b.txt', { start: 4, end: 6 })).toEqual(Buffer.from('tw'));
    expect(await client().read(ROOT, 'none')).toBeUndefined();
  });

  it.each([0, 5, 8 * 2 ** 20, 8 * 2 ** 20 + 1])(
    'streams a file of %i bytes, also where an answer breaks off',
    async (size) => {
      const bytes = Buffer.alloc(size, 7);
      await client().write(ROOT, 'file', bytes);
      server.faults.push('drop half way');
      const chunks: Uint8Array[] = [];
      for await (const chunk of client().stream(ROOT, 'file')) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    },
  );

  it('reads parts and streams from a server that knows no ranges', async () => {
    knowsRanges = false;
    await client().write(ROOT, 'file', Buffer.from('abcdef'));
    expect(Buffer.from((await client().read(ROOT, 'file', { start: 2, end: 4 })) ?? []).toString()).toBe('cd');
    const chunks: Uint8Array[] = [];
    for await (const chunk of client().stream(ROOT, 'file')) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('abcdef');
  });

  it('uploads a large file in parts where the server offers it, in one piece elsewhere', async () => {
    const bytes = Buffer.alloc(11 * 2 ** 20, 1);
    await client({ multipartBytes: 5 * 2 ** 20 }).write(ROOT, 'deep/large.bin', bytes);
    expect(stored.get(`${PROXY}deep/large.bin`)?.length).toBe(bytes.length);
    stored.clear();
    offersParts = true;
    await client({ multipartBytes: 5 * 2 ** 20 }).write(ROOT, 'deep/large.bin', bytes);
    expect([...stored].map(([path, { length }]) => [path, length]).sort()).toEqual([
      ['/store/1', 10 * 2 ** 20],
      ['/store/2', 2 ** 20],
    ]);
    const complete = server.received.find(({ path }) => path.startsWith(`${MPU}complete/`));
    expect(JSON.parse(complete?.body.toString() ?? '')).toMatchObject({
      path: 'large.bin',
      upload_id: 'u1',
      parts: [
        { part_number: 1, etag: '"/store/1"' },
        { part_number: 2, etag: '"/store/2"' },
      ],
    });
  });

  it('gives an upload in parts up where a part fails for good', async () => {
    offersParts = true;
    server.faults.push('none', 'none', { status: 400, body: '' });
    const write = client({ multipartBytes: 5 * 2 ** 20 }).write(ROOT, 'deep/large.bin', Buffer.alloc(6 * 2 ** 20));
    await expect(write).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect(server.received.some(({ path }) => path.startsWith(`${MPU}abort/`))).toBe(true);
  });
});
