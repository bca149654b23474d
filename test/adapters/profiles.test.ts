// Uploads and profiles on every adapter: files, forms and URLs in, pages out, and nothing left of what was refused.
import { connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import tabwright from '../../adapters/express.js';
import type { ErrorCode } from '../../src/core/error-codes.js';
import { formatParquet } from '../../src/loaders/parquet/write-parquet.js';
import { makeTable } from '../../src/table/make-table.js';
import type { AdminSetup } from './admin-setup.js';
import { KEYS, startAdmin } from './admin-setup.js';
import type { Sent } from './exchange.js';
import { postCsv, postJson } from './exchange.js';
import { HOSTS, listenExpress } from './hosts.js';

const CSV = `age,plan\n${'31,pro\n,free\n'.repeat(10)}`;
const NDJSON = '{"age":31}\n{"age":null}\n';
const LIMIT = 5000;
const json = { accept: 'application/json' };
const profileUrl = (url: unknown, more: object = {}) => postJson('/eda/profile', { url, ...more });

/** A form with a file, and other parts. */
function form(parts: readonly string[], end = '--b--\r\n'): Sent {
  const body = parts.map((part) => `--b\r\nContent-Disposition: form-data; ${part}\r\n`).join('') + end;
  return { method: 'POST', path: '/eda/profile', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body };
}
const filePart = (name: string, content: string) =>
  `name="file"; filename="${name}"\r\nContent-Type: x/y\r\n\r\n${content}`;

const BAD: readonly [string, Sent, number, ErrorCode][] = [
  [
    'another media type',
    { ...postCsv('/eda/profile', CSV, { 'content-type': 'image/png' }) },
    415,
    'MEDIA_TYPE_UNSUPPORTED',
  ],
  ['an empty body', postCsv('/eda/profile', ''), 400, 'REQUEST_INVALID'],
  ['a file over the limit', postCsv('/eda/profile', 'x\n'.repeat(LIMIT)), 413, 'BODY_TOO_LARGE'],
  [
    'one whose length is not said',
    { ...postCsv('/eda/profile', 'x\n'.repeat(LIMIT)), chunked: true },
    413,
    'BODY_TOO_LARGE',
  ],
  [
    'a form over the limit',
    { ...form([filePart('a.csv', 'x\n'.repeat(LIMIT))]), chunked: true },
    413,
    'BODY_TOO_LARGE',
  ],
  ['a form with no file', form([]), 400, 'REQUEST_INVALID'],
  ['a form with a field', form([filePart('a.csv', CSV), 'name="target"\r\n\r\nage']), 400, 'REQUEST_INVALID'],
  ['a form with two files', form([filePart('a.csv', CSV), filePart('b.csv', CSV)]), 400, 'REQUEST_INVALID'],
  ['a form that is cut off', form([filePart('a.csv', CSV)], ''), 400, 'REQUEST_INVALID'],
  [
    'a form without a boundary',
    { ...form([filePart('a.csv', CSV)]), headers: { 'content-type': 'multipart/form-data' } },
    400,
    'REQUEST_INVALID',
  ],
  ['an unknown option', postCsv('/eda/profile?sauce=1', CSV), 400, 'OPTION_UNKNOWN'],
  ['an option out of range', postCsv('/eda/profile?bins=0', CSV), 400, 'OPTION_INVALID'],
  ['a target that is not there', postCsv('/eda/profile?target=nope', CSV), 422, 'COLUMN_MISSING'],
  ['ragged rows', postCsv('/eda/profile', 'a,b\n1\n'), 422, 'CSV_MALFORMED'],
  [
    'Parquet that is none',
    postCsv('/eda/profile', 'PAR1', { 'content-type': 'application/vnd.apache.parquet' }),
    422,
    'PARQUET_MALFORMED',
  ],
  ['a URL that is none', profileUrl('nowhere'), 400, 'REQUEST_INVALID'],
  ['no URL', postJson('/eda/profile', {}), 400, 'REQUEST_INVALID'],
  ['JSON that is none', postJson('/eda/profile', '{"url": hunter2'), 400, 'REQUEST_INVALID'],
  ['another format', profileUrl('https://data.example.com/a', { format: 'xls' }), 400, 'REQUEST_INVALID'],
  ['a host that is not allowed', profileUrl('https://example.com/a.csv'), 403, 'SOURCE_REFUSED'],
  ['an allowed host without TLS', profileUrl('http://data.example.com/a.csv'), 403, 'SOURCE_REFUSED'],
  [
    'the metadata service, even where it is allowed',
    profileUrl('https://169.254.169.254/latest'),
    403,
    'SOURCE_REFUSED',
  ],
  ['this machine, even where it is allowed', profileUrl('https://127.0.0.1/a.csv'), 403, 'SOURCE_REFUSED'],
  ['a file of this machine', profileUrl('file:///etc/passwd'), 403, 'SOURCE_REFUSED'],
  ['a bucket that is not allowed', profileUrl('s3://other/a.csv'), 403, 'SOURCE_REFUSED'],
  ['an id that is a path', { path: '/eda/profiles/..%2Fjobs%2Fowner' }, 404, 'FILE_NOT_FOUND'],
  ['an id that is not there', { path: '/eda/profiles/profile_20260101T000000000Z' }, 404, 'FILE_NOT_FOUND'],
];

describe.each(Object.entries(HOSTS))('%s', (name, start) => {
  let admin: AdminSetup;
  beforeAll(async () => {
    admin = await startAdmin(start, { uploadLimitBytes: LIMIT });
  });
  afterAll(() => admin.close());

  const uploads = () => admin.files('eda/uploads');

  test.each(BAD)('refuses %s, and keeps nothing of it', async (_what, sent, status, code) => {
    const received = await admin.send(sent);
    expect([received.status, JSON.parse(received.text).code]).toEqual([status, code]);
    expect(received.text).not.toMatch(/hunter2|tabwright-admin/);
    expect(uploads()).toEqual([]);
  });

  test('answers a file with its page, stored and tracked under one path', async () => {
    const { status, headers, text } = await admin.send(postCsv('/eda/profile?title=Hello', CSV));
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('Hello');
    const href = String(headers['content-location']);
    const id = href.replace('/ml/eda/profiles/', '');
    expect((await admin.send({ path: href.slice(3) })).text).toBe(text);
    expect(admin.files('eda')).toEqual(expect.arrayContaining([`${id}.html`, `${id}.json`]));
    expect(Buffer.from(admin.tracked.get(`eda/${id}.html`) ?? []).toString()).toBe(text);
    const { body } = await admin.sendJson({ path: href.slice(3), headers: json });
    expect(body).toMatchObject({ format: 'tabwright.profile/1', overview: { nRows: 20, nColumns: 2 } });
    const { body: list } = await admin.sendJson({ path: '/eda/profiles' });
    expect(list.profiles?.[0]).toEqual({ id, createdAt: expect.any(String), href });
    expect(uploads()).toEqual([]);
  });

  test.each<[string, Sent, number]>([
    ['NDJSON', postCsv('/eda/profile', NDJSON, { 'content-type': 'application/x-ndjson' }), 2],
    ['a form', form([filePart('../../etc/évil\u202e.csv', CSV)]), 20],
    ['a form with NDJSON', form([filePart('a.ndjson', NDJSON)]), 2],
  ])('profiles %s', async (_what, sent, nRows) => {
    const { status, body } = await admin.sendJson({ ...sent, headers: { ...sent.headers, ...json } });
    expect([status, body]).toEqual([200, { id: expect.any(String), href: expect.any(String), warnings: [] }]);
    const { body: profile } = await admin.sendJson({ path: String(body.href).slice(3), headers: json });
    expect(profile).toMatchObject({ overview: { nRows } });
    expect(JSON.stringify(profile)).not.toContain('\u202e');
  });

  test('profiles Parquet', async () => {
    const body = await formatParquet(makeTable([['x', Float64Array.of(1, 2, 3)]]));
    const headers = { 'content-type': 'application/vnd.apache.parquet', ...json };
    expect((await admin.send({ method: 'POST', path: '/eda/profile', headers, body })).status).toBe(200);
  });

  test('takes a job in at once where the client looks later, and one for one idempotency key', async () => {
    const headers = { prefer: 'respond-async, wait=10', 'idempotency-key': 'p1' };
    const send = (text: string) => admin.send(postCsv('/eda/profile', text, headers));
    const [first, second] = await Promise.all([send(CSV), send(CSV)]);
    const job = JSON.parse(first.text);
    expect([first.status, first.headers.location]).toEqual([202, `/ml/admin/jobs/${job.id}`]);
    expect(JSON.parse(second.text).id).toBe(job.id);
    expect(JSON.parse((await send(`${CSV}1,x\n`)).text).code).toBe('IDEMPOTENCY_CONFLICT');
    expect(job.input).toEqual({
      profile: expect.any(String),
      source: 'upload.csv',
      format: 'csv',
      options: expect.any(Object),
    });
    expect(await admin.ended(job.id)).toMatchObject({ state: 'done', result: { warnings: [] } });
    expect(uploads()).toEqual([]);
  });

  // A gateway hands Lambda whole requests only.
  test.skipIf(name.startsWith('lambda'))('keeps nothing of an upload that breaks off', async () => {
    const { hostname, port } = new URL(admin.origin);
    const head = `POST /ml/eda/profile HTTP/1.1\r\nHost: a\r\nX-Api-Key: ${KEYS.ops}\r\nContent-Type: text/csv\r\nContent-Length: 4000\r\n\r\n`;
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve) => socket.write(`${head}x\n1\n`, () => resolve()));
    await vi.waitFor(() => expect(uploads()).toHaveLength(1), { timeout: 10_000 });
    socket.destroy();
    await vi.waitFor(() => expect(uploads()).toEqual([]), { timeout: 10_000 });
    expect((await admin.send({ path: '/health/live' })).status).toBe(200);
  });
});

test('reads a URL that a parser of the host has read before', async () => {
  const admin = await startAdmin(async (options, prefix = '') => {
    const app = express();
    app.use(express.json());
    app.use(prefix, tabwright(options));
    return listenExpress(app);
  });
  expect((await admin.send(profileUrl('https://example.com/a.csv'))).status).toBe(403);
  await admin.close();
});
