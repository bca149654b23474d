import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { type DuckdbRequest, duckdb } from '../../../src/loaders/sql/duckdb.js';
import type { DuckdbConnection } from '../../../src/loaders/sql/duckdb-session.js';
import { readColumn } from '../../../src/table/read-column.js';
import { tableCells } from '../table-cells.js';

const failed = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });
const api = await import('@duckdb/node-api').catch(() => undefined);
const folder = mkdtempSync(join(tmpdir(), "tabwright-duck'db-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.doUnmock('@duckdb/node-api'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const load = async (query: string, more: Partial<DuckdbRequest> = {}) =>
  tableCells((await duckdb({ query, ...more }).load()).data);

describe.skipIf(api === undefined)('duckdb (needs @duckdb/node-api)', () => {
  it('takes the connection of the package', () => {
    expectTypeOf<DuckDBConnection>().toExtend<DuckdbConnection>();
  });

  it('reads every type that a column holds', async () => {
    const found = await load(`select * from (values
      (true, 1::tinyint, 2::bigint, 3::ubigint, 4::hugeint, 0.5::float, 0.1::double, 123.45::decimal(9, 2),
       0.1::decimal(38, 20), 'ä'::varchar, 'b'::enum('a', 'b'), '5f8a2c1e-0000-4000-8000-000000000001'::uuid,
       date '2024-02-29', timestamp '1969-12-31 23:59:59.999999', timestamptz '2024-03-10 02:30:00.5+02',
       '2024-01-01 00:00:01'::timestamp_s, '2024-01-01 00:00:00.123456789'::timestamp_ns, null),
      (null, null, null, null, null, null, 'nan', null, null, '', null, null, null, null, null, null, null, null))
      as t(b, i1, i8, u8, i16, f4, f8, d2, d20, s, e, u, d, ts, tz, t_s, t_ns, none)`);
    expect(found).toEqual({
      b: [true, null],
      i1: [1, Number.NaN],
      i8: [2, Number.NaN],
      u8: [3, Number.NaN],
      i16: [4, Number.NaN],
      f4: [0.5, Number.NaN],
      f8: [0.1, Number.NaN],
      d2: [123.45, Number.NaN],
      d20: [0.1, Number.NaN],
      s: ['ä', ''],
      e: ['b', null],
      u: ['5f8a2c1e-0000-4000-8000-000000000001', null],
      d: [new Date('2024-02-29'), null],
      ts: [new Date(-1), null],
      tz: [new Date('2024-03-10T00:30:00.500Z'), null],
      t_s: [new Date('2024-01-01T00:00:01Z'), null],
      t_ns: [new Date('2024-01-01T00:00:00.123Z'), null],
      none: [Number.NaN, Number.NaN],
    });
  });

  it('joins files of several kinds, named by paths and URLs', async () => {
    const customers = file('customers.csv', 'id,name\n1,a\n2,b\n');
    const usage = file('usage.ndjson', '{"customer": 1, "n": 2}\n{"customer": 1, "n": 3}\n');
    const parquet = join(folder, 'plans.parquet');
    await load(`copy (select 1 as id, 'pro' as plan) to '${parquet.replaceAll("'", "''")}'`);
    const query = `select name, plan, sum(n) as n from customers join usage on customer = id join "pl""ans" using (id)
      group by all`;
    const files = { customers, usage: pathToFileURL(usage), 'pl"ans': parquet };
    expect(await load(query, { files })).toEqual({ name: ['a'], plan: ['pro'], n: [5] });
  });

  it('takes parameters as values, and types that are declared', async () => {
    const params = ["x'; drop table t; --", 2 ** 40, true, null];
    expect(await load('select $1 as s, $2 as n, $3 as b, $4::double as none', { params })).toEqual({
      s: [params[0]],
      n: [2 ** 40],
      b: [true],
      none: [Number.NaN],
    });
    const { data } = await duckdb({ query: `select 9007199254740993 as id, '007' as code` }).load({
      types: { id: 'string', code: 'number' },
    });
    expect(tableCells(data)).toEqual({ id: ['9007199254740993'], code: [7] });
  });

  it('uses a connection that is given, and leaves it open', async () => {
    const instance: DuckDBInstance = await (api as typeof import('@duckdb/node-api')).DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run('create table t as select range as i from range(3)');
    for (let i = 0; i < 2; i++) expect(await load('from t', { connection })).toEqual({ i: [0, 1, 2] });
    connection.closeSync();
    instance.closeSync();
  });

  it('reads past its memory in batches, each row once, in order', async () => {
    const query = 'select range as i, md5(range::varchar) as code from range(1000000) order by code, i';
    const loader = duckdb({ query, memoryLimit: '60MB', numThreads: 1, tempDirectory: join(folder, 'spill') });
    let nRows = 0;
    let last = '';
    for await (const batch of loader.batches({ rows: 30_000 })) {
      const codes = readColumn(batch, 'code');
      expect(String(codes.at(0)) >= last).toBe(true);
      last = String(codes.at(codes.length - 1));
      nRows += batch.numRows();
    }
    expect(nRows).toBe(1_000_000);
  });

  it('sets up its instance as asked, and installs nothing by itself', async () => {
    const query = `select current_setting('memory_limit') as memory, current_setting('threads') as threads,
      current_setting('temp_directory') as spill, current_setting('autoinstall_known_extensions') as installs`;
    const found = await load(query, { memoryLimit: '64MiB', numThreads: 3, tempDirectory: folder });
    expect(found).toEqual({ memory: ['64.0 MiB'], threads: [3], spill: [folder], installs: [false] });
  });

  it.each([
    ['a list', 'select [1] as x', /column x is of type INTEGER\[\], which no column holds; cast it in the query$/],
    ['a time of day', "select time '10:00' as x", /column x is of type TIME,/],
    [
      'an integer that would be rounded',
      'select 9007199254740993 as x',
      /column x has an integer past 2\^53 .* in row 1;/,
    ],
    ['an infinite instant', "select timestamp 'infinity' as x", /column x has a cell \(date\) that does not fit/],
    ['two columns of one name', 'select 1 as x, 2 as x', /column x must not be there twice/],
  ])('refuses %s', async (_, query, message) => {
    await expect(load(query)).rejects.toThrow(failed('COLUMN_INVALID', message));
  });

  it('tells what went wrong, without values', async () => {
    await expect(load('select * from nowhere')).rejects.toThrow(
      failed('SOURCE_FAILED', /^duckdb: the query failed \(Catalog Error\)$/),
    );
    await expect(load(`select 'secret'::int as x`)).rejects.toThrow(failed('SOURCE_FAILED', /\(Conversion Error\)$/));
    await expect(load('select 1 as x where false')).rejects.toThrow(failed('DATA_EMPTY', /gives no rows$/));
    const files = { t: join(folder, 'absent.csv') };
    await expect(load('from t', { files })).rejects.toThrow(failed('FILE_NOT_FOUND', /not there or cannot be read$/));
  });

  it('refuses wrong options at once', () => {
    const query = 'from t';
    expect(() => duckdb({ query, files: { t: 'a.xlsx' } })).toThrow(
      failed('OPTION_INVALID', /files must end in .* for t$/),
    );
    expect(() => duckdb({ query, files: { t: 'https://a/b.csv' } })).toThrow(failed('OPTION_INVALID', /got https:$/));
    expect(() => duckdb({ query, numThreads: -1 })).toThrow(failed('OPTION_INVALID', /numThreads must be/));
    const connection = { stream: () => Promise.reject(new Error()), interrupt: () => {} };
    expect(() => duckdb({ query, connection, numThreads: 1 })).toThrow(failed('OPTION_INVALID', /must be left out/));
  });

  it('interrupts the query where the signal is aborted', async () => {
    const stop = new AbortController();
    const loading = duckdb({
      query: 'select sum(a.range * b.range) as s from range(1000000) a, range(1000000) b',
    }).load({
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 200);
    await expect(loading).rejects.toThrow(failed('CANCELLED', /cancelled/));
  });

  it('names the package that is missing', async () => {
    vi.doMock('@duckdb/node-api', () => {
      throw new Error('not installed');
    });
    await expect(load('select 1')).rejects.toThrow(failed('PACKAGE_MISSING', /needs the package @duckdb\/node-api/));
  });
});
