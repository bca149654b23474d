// Queries against a real PostgreSQL: types to the bit, parameters, batches by cursor in flat memory, aborts, broken connections.
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PostgresPool, postgres } from '../../src/loaders/sql/postgres.js';
import { sql } from '../../src/loaders/sql/sql.js';
import { readColumn } from '../../src/table/read-column.js';
import { tableCells } from '../loaders/table-cells.js';
import type { ChildServer } from './child-server.js';
import { hasPostgres, postgresServer } from './postgres-server.js';

const failed = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe.skipIf(!hasPostgres)('sql on PostgreSQL (needs its server: npm run test:peers)', () => {
  let server: ChildServer;
  let pool: pg.Pool;
  beforeAll(async () => {
    // Where pg makes Dates of texts without a zone, they would be those of this zone.
    vi.stubEnv('TZ', 'Asia/Kolkata');
    server = await postgresServer();
    pool = new pg.Pool({ host: '127.0.0.1', port: server.port, user: 'postgres', max: 2 });
    pool.on('error', () => {});
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
    vi.unstubAllEnvs();
  });

  const clients = () => ({ pool, cursor: postgres(pool, Cursor) });
  /** Statements on number series that the server works on. */
  const busy = async (): Promise<string[]> => {
    const { rows } = await pool.query(`select query from pg_stat_activity
      where state <> 'idle' and query like '%generate_series%' and query not like '%pg_stat_activity%'`);
    return rows.map(({ query }) => query);
  };
  const soon = async (check: () => Promise<void>) => vi.waitFor(check, { timeout: 5000, interval: 50 });

  it('reads every type, by pool and by cursor', async () => {
    const query = `select * from (values
      (true, 1::int2, 2::int4, 3::int8, 0.1::float4, 0.1::float8, 123.456::numeric, 'ä'::text, 'b'::varchar, 'c '::char(2),
       date '2024-02-29', timestamp '2024-03-10 02:30:00.123456', timestamptz '2024-03-10 02:30:00.5+00',
       '5f8a2c1e-0000-4000-8000-000000000001'::uuid, '{"a": [1]}'::jsonb, array[1, 2], interval '1 day', null::float8),
      (null, null, null, 9007199254740993::int8 - 1, 'NaN', 'Infinity', -0.5, null, '', 'd', null, null, null, null, null,
       null, null, null)) as t(b, i2, i4, i8, f4, f8, n, t, v, c, d, ts, tz, u, j, a, iv, none)`;
    const results = [];
    for (const client of Object.values(clients())) results.push(tableCells((await sql({ query, client }).load()).data));
    expect(results[0]).toEqual(results[1]);
    expect(results[0]).toEqual({
      b: [true, null],
      i2: [1, Number.NaN],
      i4: [2, Number.NaN],
      i8: [3, 9007199254740992],
      f4: [0.1, Number.NaN],
      f8: [0.1, Number.POSITIVE_INFINITY],
      n: [123.456, -0.5],
      t: ['ä', null],
      v: ['b', ''],
      c: ['c ', 'd'],
      d: [new Date('2024-02-29T00:00:00Z'), null],
      ts: [new Date('2024-03-10T02:30:00.123Z'), null],
      tz: [new Date('2024-03-10T02:30:00.500Z'), null],
      u: ['5f8a2c1e-0000-4000-8000-000000000001', null],
      j: ['{"a": [1]}', null],
      a: ['{1,2}', null],
      iv: ['1 day', null],
      none: [Number.NaN, Number.NaN],
    });
  });

  it('takes parameters as values, never as text of the statement', async () => {
    const params = ["x'; drop table prospects; --", 5, new Date('2024-01-01T00:00:00Z'), null];
    const query = 'select $1::text as t, $2::int as n, $3::timestamptz as d, $4::float8 as missing';
    for (const client of Object.values(clients())) {
      const { data } = await sql({ query, params, client }).load();
      expect(data.object(0)).toEqual({ t: params[0], n: 5, d: params[2], missing: Number.NaN });
    }
    const several = sql({ query: 'select 1 as a; select 2 as b', client: pool });
    await expect(several.load()).rejects.toThrow(failed('SOURCE_FAILED', /\(42601\)$/));
  });

  it('keeps codes and long integers where they are declared strings, and else refuses what would be rounded', async () => {
    const query = 'select 9007199254740993::int8 as id, 1.10::numeric as price';
    const { data } = await sql({ query, client: pool }).load({ types: { id: 'string', price: 'string' } });
    expect(tableCells(data)).toEqual({ id: ['9007199254740993'], price: ['1.10'] });
    const rounded = await sql({ query, client: pool }).load({ types: { id: 'integer' } });
    expect(tableCells(rounded.data)).toEqual({ id: [2 ** 53], price: [1.1] });
    const message =
      /^sql: column id has an integer past 2\^53 that a double does not hold in row 1; declare it a string/;
    await expect(sql({ query, client: pool }).load()).rejects.toThrow(failed('COLUMN_INVALID', message));
    const endless = sql({ query: `select timestamp 'infinity' as t`, client: pool });
    await expect(endless.load()).rejects.toThrow(failed('COLUMN_INVALID', /column t has a cell \(string\) that/));
  });

  it('reads a million rows in batches by cursor, each once, in memory that stays flat', async () => {
    const query = 'select i, i / 8.0 as x, md5(i::text) as code from generate_series(1, 1000000) as i';
    const loader = sql({ query, client: postgres(pool, Cursor) });
    let nRows = 0;
    let largest = 0;
    let early = Number.POSITIVE_INFINITY;
    for await (const batch of loader.batches({ rows: 20_000 })) {
      const i = readColumn(batch, 'i') as Float64Array;
      expect([batch.numRows(), i[0], i.at(-1)]).toEqual([20_000, nRows + 1, nRows + 20_000]);
      nRows += batch.numRows();
      if (nRows === 200_000) early = process.memoryUsage.rss();
      largest = Math.max(largest, process.memoryUsage.rss());
    }
    expect(nRows).toBe(1_000_000);
    expect(largest - early).toBeLessThan(100e6);
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1]);
  });

  it('gives batches of the rows asked for, and none for no rows', async () => {
    const sizes = async (query: string, rows: number) => {
      const found = [];
      for await (const table of sql({ query, client: postgres(pool, Cursor) }).batches({ rows }))
        found.push(table.numRows());
      return found;
    };
    expect(await sizes('select generate_series(1, 7)', 3)).toEqual([3, 3, 1]);
    expect(await sizes('select generate_series(1, 6)', 3)).toEqual([3, 3]);
    expect(await sizes('select 1 where false', 3)).toEqual([]);
    for (const client of Object.values(clients())) {
      await expect(sql({ query: 'select 1 as a where false', client }).load()).rejects.toThrow(
        failed('DATA_EMPTY', /no rows$/),
      );
    }
  });

  it('ends the statement on the server where the signal is aborted, and gives the connection back', async () => {
    const query =
      'select sum(a.i * b.i) as s from generate_series(1, 100000) as a(i), generate_series(1, 100000) as b(i)';
    const stop = new AbortController();
    const loading = sql({ query, client: postgres(pool, Cursor) }).load({ signal: stop.signal });
    const outcome = expect(loading).rejects.toThrow(failed('CANCELLED', /cancelled/));
    await soon(async () => expect(await busy()).toHaveLength(1));
    stop.abort();
    await outcome;
    await soon(async () => expect(await busy()).toEqual([]));
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });

  it('ends the statement where the reader of batches stops', async () => {
    const query = 'select i from generate_series(1, 10000000) as i';
    for await (const batch of sql({ query, client: postgres(pool, Cursor) }).batches({ rows: 10 })) {
      expect(batch.numRows()).toBe(10);
      break;
    }
    expect(pool.totalCount - pool.idleCount).toBe(0);
    await soon(async () => expect(await busy()).toEqual([]));
  });

  it('tells of statements that are wrong, without their values, and gives the connection back', async () => {
    for (const client of Object.values(clients())) {
      const error = await sql({ query: 'select $1::text::int as n', params: ['secret'], client })
        .load()
        .catch((e) => e);
      expect(error).toMatchObject({ code: 'SOURCE_FAILED', message: 'sql: the query failed (22P02)' });
      expect(String(error.cause)).toContain('invalid input syntax');
      const twice = sql({ query: 'select 1 as a, 2 as a', client });
      await expect(twice.load()).rejects.toThrow(failed('COLUMN_INVALID', /column a must not be there twice/));
    }
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });

  it('tells of a connection that breaks between two batches', async () => {
    const query = 'select i, pg_backend_pid() as pid from generate_series(1, 100000) as i';
    const reading = async () => {
      for await (const batch of sql({ query, client: postgres(pool, Cursor) }).batches({ rows: 10 })) {
        await pool.query('select pg_terminate_backend($1)', [batch.get('pid', 0)]);
        await wait(100);
      }
    };
    await expect(reading()).rejects.toThrow(failed('SOURCE_FAILED', /the query failed/));
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });

  it('tells of a server that is not there', async () => {
    const nowhere = new pg.Pool({ host: '127.0.0.1', port: 1 });
    for (const client of [nowhere, postgres(nowhere as PostgresPool, Cursor)]) {
      await expect(sql({ query: 'select 1 as a', client }).load()).rejects.toThrow(
        failed('SOURCE_FAILED', /\(ECONNREFUSED\)$/),
      );
    }
  });
});
