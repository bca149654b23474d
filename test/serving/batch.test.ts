import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import type { PredictionObserver } from '../../src/core/prediction-observer.js';
import type { RunStart, Tracker } from '../../src/core/tracker.js';
import { formatCsv } from '../../src/loaders/csv/write-csv.js';
import { parquet } from '../../src/loaders/parquet/parquet.js';
import { formatParquet } from '../../src/loaders/parquet/write-parquet.js';
import { createRoutes } from '../../src/serving/create-routes.js';
import type { RouteResponse } from '../../src/serving/route.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { isInPieces } from '../../src/serving/start-pieces.js';
import { makeTable } from '../../src/table/make-table.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';

const folder = mkdtempSync(join(tmpdir(), 'tabwright-batch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CSV = 'text/csv';
const JSON_LIST = 'application/json';
const NDJSON = 'application/x-ndjson';
const PARQUET = 'application/vnd.apache.parquet';
type Row = Record<string, unknown>;

const predictor = stubPredictor({ score: ({ x }) => (x === null ? 0.5 : Math.min(1, Number(x) / 1e6)) });

function routesWith(options: Partial<ServingOptions> = {}) {
  return createRoutes({ predictors: { stub: predictor }, generatePredictionId: () => 'p', ...options });
}

interface Sent {
  readonly type: string;
  readonly body: string | Uint8Array | Readable;
  readonly accept?: string;
  readonly query?: string;
}

/** The answer as it is handed to an adapter. */
function send({ type, body, accept, query = '' }: Sent, options?: Partial<ServingOptions>): Promise<RouteResponse> {
  const route = routesWith(options).find(({ operation }) => operation === 'predictBatch');
  const headers = { 'content-type': type, ...(accept !== undefined && { accept }) };
  const signal = () => new AbortController().signal;
  const received = typeof body === 'string' ? Buffer.from(body) : body;
  const request = { params: {}, url: `/predict/batch${query}`, headers, body: received, basePath: '', signal };
  return new Promise((resolve, reject) => route?.answer(request, resolve, reject));
}

async function bytesOf({ body }: RouteResponse): Promise<Buffer> {
  if (!isInPieces(body)) return Buffer.from(body as Uint8Array);
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

const textOf = async (response: RouteResponse) => (await bytesOf(response)).toString();

function encoded(rows: readonly Row[], type: string): string | Uint8Array {
  if (type === JSON_LIST) return JSON.stringify(rows);
  if (type === NDJSON) return rows.map((row) => JSON.stringify(row)).join('\n');
  const table = makeTable([['x', Float64Array.from(rows, ({ x }) => (x as number | null) ?? Number.NaN)]]);
  return type === CSV ? formatCsv(table) : formatParquet(table);
}

async function decoded(response: RouteResponse, type: string): Promise<Row[]> {
  const bytes = await bytesOf(response);
  if (type === JSON_LIST) return JSON.parse(bytes.toString());
  if (type === NDJSON) {
    const lines = bytes.toString().trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line));
  }
  if (type === PARQUET) return (await parquet(bytes).load()).data.objects() as Row[];
  const [header = '', ...lines] = bytes.toString().trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
}

const TYPES = [JSON_LIST, NDJSON, CSV, PARQUET];

describe('a batch', () => {
  test.each(TYPES.flatMap((type) => TYPES.map((accept) => [type, accept])))(
    'of %s is answered as %s',
    async (type, accept) => {
      const rows = [{ x: 1000 }, { x: null }, { x: 2000 }];
      const response = await send({ type, accept, body: encoded(rows, type) });
      expect(response.headers['content-type']).toContain(accept);
      const answer = await decoded(response, accept);
      expect(answer.map(({ id, score }) => [id, Number(score)])).toEqual([
        ['p-0', 0.001],
        ['p-1', 0.5],
        ['p-2', 0.002],
      ]);
    },
  );

  test.each([NDJSON, CSV])('of %s is answered while it arrives: no more is read than is taken', async (type) => {
    let nSent = 0;
    let isOver = false;
    const line = type === CSV ? `1.${'0'.repeat(98)}\n` : `{"x":1${' '.repeat(92)}}\n`;
    async function* endless() {
      if (type === CSV) yield Buffer.from('x\n');
      for (isOver = false; !isOver; ) {
        nSent += 1;
        yield Buffer.from(line.repeat(1000));
      }
    }
    const response = await send({ type, body: Readable.from(endless()) });
    expect(isInPieces(response.body)).toBe(true);
    const pieces = (response.body as AsyncIterable<string>)[Symbol.asyncIterator]();
    for (let i = 0; i < 5; i++) expect(await pieces.next()).toMatchObject({ done: false });
    const before = nSent;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(nSent).toBeLessThan(before + 40);
    // What is left is dropped, which would take for ever.
    isOver = true;
    await pieces.return?.();
  });

  test('is refused whole where a row breaks the schema, with every problem of it', async () => {
    for (const type of [JSON_LIST, NDJSON]) {
      const rows = Array.from({ length: 3000 }, (_, i) => (i % 1000 === 999 ? { x: 'one' } : { x: i }));
      const response = await send({ type, body: encoded(rows, type) });
      expect(response.status).toBe(422);
      const rule = { column: 'x', rule: 'must be of type number', kind: 'string' };
      expect(JSON.parse(await textOf(response)).problems).toEqual([{ ...rule, count: 3, rows: [999, 1999, 2999] }]);
    }
  });

  test('answers the rows that are fine where errors=rows, and the others with their problems', async () => {
    const rows = [{ x: 1000 }, { x: 'one' }, 'no row', { x: 2000 }];
    for (const type of [JSON_LIST, NDJSON]) {
      const response = await send({ type, query: '?errors=rows', body: encoded(rows as Row[], type) });
      expect(response.status).toBe(200);
      const problem = (row: number, column: string, rule: string, kind: string) => {
        return { row, problems: [{ column, rule, kind, count: 1, rows: [row] }] };
      };
      const score = (id: string, score: number) => ({ id, score, label: 'no', version: 1, model: 'stub' });
      expect(await decoded(response, type)).toEqual([
        score('p-0', 0.001),
        problem(1, 'x', 'must be of type number', 'string'),
        problem(2, '', 'must be an object', 'string'),
        score('p-3', 0.002),
      ]);
    }
  });

  test('that breaks off after its first answers says so: NDJSON in its last line, CSV by breaking off', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `{"x":${i}}`);
    lines[190_000] = '{"x":"one"}';
    const response = await send({ type: NDJSON, body: lines.join('\n') });
    const answers = (await textOf(response))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(response.status).toBe(200);
    expect(answers.at(0)).toMatchObject({ id: 'p-0' });
    expect(answers.at(-1)).toMatchObject({
      error: { code: 'VALIDATION_FAILED', status: 422, problems: [{ rows: [190_000] }] },
    });
    expect(answers.at(-2)).toMatchObject({ id: `p-${answers.length - 2}` });
    const csv = await send({ type: NDJSON, accept: CSV, body: lines.join('\n') });
    await expect(textOf(csv)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test.each([
    ['no JSON', { type: NDJSON, body: '{"x":1}\n{"x":hunter2}' }, 422, 'JSON_MALFORMED'],
    ['an empty body', { type: CSV, body: '' }, 400, 'REQUEST_INVALID'],
    ['a query with a mistake', { type: CSV, body: 'x\n1', query: '?error=rows' }, 400, 'OPTION_UNKNOWN'],
    ['no Parquet', { type: PARQUET, body: 'PAR1PAR1' }, 422, 'PARQUET_MALFORMED'],
    ['storing where there is no folder', { type: CSV, body: 'x\n1', query: '?store=true' }, 400, 'OPTION_INVALID'],
    ['an experiment without storing', { type: CSV, body: 'x\n1', query: '?experiment=a' }, 400, 'OPTION_INVALID'],
  ])('is refused for %s', async (_, sent, status, code) => {
    const response = await send(sent);
    const text = await textOf(response);
    expect([response.status, JSON.parse(text).code]).toEqual([status, code]);
    expect(text).not.toContain('hunter2');
  });

  test('of Parquet leaves no file behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.endsWith('.parquet'));
    await send({ type: PARQUET, body: encoded([{ x: 1 }], PARQUET) }).then(bytesOf);
    await send({ type: PARQUET, body: 'PAR1PAR1' }).then(bytesOf);
    const after = readdirSync(tmpdir()).filter((name) => name.endsWith('.parquet'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });

  test('is told to the observer, refused rows apart', async () => {
    const told: unknown[] = [];
    const observer: PredictionObserver = {
      predicted: (_, id) => told.push(id),
      predictedTable: (_, idOf, table, all) =>
        told.push([[...table.array('x')], all.map((_prediction, row) => idOf(row))]),
      refused: (_, problems) => told.push(problems.map(({ rows }) => rows)),
    };
    await send({ type: JSON_LIST, query: '?errors=rows', body: '[{"x":1},{"x":"a"},{"x":2}]' }, { observer });
    expect(told.splice(0)).toEqual([[[1]], 'p-0', 'p-2']);
    const refusing = { ...predictor, current: predictor.current };
    refusing.predictTable = (table) =>
      predictor.predictBatch(
        table.objects().map((row) => ((row as { x: number }).x === 13 ? { x: 'a' } : row)) as Row[],
      );
    await send(
      { type: CSV, query: '?errors=rows', body: 'x\n1\n13\n2\n' },
      { observer, predictors: { stub: refusing } },
    );
    expect(told).toEqual([
      [[1]],
      [
        [1, 2],
        ['p-0', 'p-2'],
      ],
    ]);
  });
});

describe('a stored batch', () => {
  function tracked(): { runs: unknown[]; tracker: Tracker } {
    const runs: unknown[] = [];
    const start = async ({ experiment, runName }: RunStart) => ({
      id: 'r',
      logParams: async (params: unknown) => void runs.push({ experiment, runName, params }),
      logMetrics: async () => {},
      logArtifacts: async (files: ReadonlyMap<string, Uint8Array>) => void runs.push([...files.keys()]),
      logModel: async () => {},
      end: async (status: string) => void runs.push(status),
    });
    return { runs, tracker: { start } };
  }

  test('is a CSV file named by its id, whatever the answer, and a run where an experiment is named', async () => {
    const { runs, tracker } = tracked();
    const options = { artifacts: join(folder, 'a'), tracker };
    const sent = { type: JSON_LIST, query: '?store=true&experiment=nightly', body: '[{"x":1000}]' };
    expect((await send(sent, options)).status).toBe(200);
    const stored = readFileSync(join(folder, 'a', 'predictions', 'p.csv'), 'utf8');
    expect(stored).toBe('id,score,label,model,version\np-0,0.001,no,stub,1\n');
    const params = { model: 'stub', version: '1', rows: '1' };
    expect(runs).toEqual([
      { experiment: 'nightly', runName: 'predictions p', params },
      ['predictions/p.csv'],
      'finished',
    ]);
  });

  test('that breaks off leaves no file', async () => {
    const options = { artifacts: join(folder, 'b') };
    await send({ type: JSON_LIST, query: '?store=true', body: '[{"x":"one"}]' }, options);
    expect(readdirSync(join(folder, 'b', 'predictions'))).toEqual([]);
  });

  test('never has an id that leads elsewhere', async () => {
    const options = { artifacts: join(folder, 'c'), generatePredictionId: () => '../../p' };
    expect((await send({ type: JSON_LIST, query: '?store=true', body: '[]' }, options)).status).toBe(400);
  });
});
