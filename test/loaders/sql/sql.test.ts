// What a driver may give; test/peers asks a real PostgreSQL.
import type { Client, Pool } from 'pg';
import type Cursor from 'pg-cursor';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ProgressEvent } from '../../../src/core/progress.js';
import type { PostgresCursorClass, PostgresPool } from '../../../src/loaders/sql/postgres.js';
import { type SqlBatchControl, sql } from '../../../src/loaders/sql/sql.js';
import type { SqlClient, SqlField, SqlQuery, SqlRows } from '../../../src/loaders/sql/sql-client.js';
import { tableCells } from '../table-cells.js';

const failed = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

function client(fields: readonly SqlField[], ...pieces: unknown[][][]): SqlClient {
  return {
    async *stream() {
      for (const rows of pieces) yield { fields, rows };
    },
  };
}

const fields = (...names: string[]): SqlField[] => names.map((name) => ({ name }));
const load = async (from: SqlClient, control: SqlBatchControl = {}) =>
  tableCells((await sql({ query: 'q', client: from }).load(control)).data);
const batches = async (from: SqlClient, control: SqlBatchControl = {}) => {
  const found = [];
  for await (const table of sql({ query: 'q', client: from }).batches(control)) found.push(tableCells(table));
  return found;
};

describe('sql', () => {
  it('takes clients, pools and cursors of pg', () => {
    expectTypeOf<Pool>().toExtend<SqlClient>();
    expectTypeOf<Client>().toExtend<SqlClient>();
    expectTypeOf<Pool>().toExtend<PostgresPool>();
    expectTypeOf<typeof Cursor>().toExtend<PostgresCursorClass>();
  });

  it('asks for the statement with its parameters, as they are', async () => {
    let asked: SqlQuery | undefined;
    const asking = {
      async query(statement: SqlQuery): Promise<SqlRows> {
        asked = statement;
        return { fields: fields('a'), rows: [[1]] };
      },
    };
    const params = ['x', 2, null];
    const { data } = await sql({ query: 'select $1', params, client: asking }).load();
    expect(asked).toMatchObject({ text: 'select $1', values: ['x', 2, null], rowMode: 'array', queryMode: 'extended' });
    expect(asked?.types.getTypeParser()('2024-01-01')).toBe('2024-01-01');
    expect(tableCells(data)).toEqual({ a: [1] });
  });

  it('lets the first cell of a column decide, where neither declaration nor database does', async () => {
    const day = new Date('2024-01-01');
    const from = client(
      fields('n', 'big', 's', 'b', 'd', 'none'),
      [[null, null, null, null, null, null]],
      [[1.5, 7n, '1', true, day, null]],
      [[null, 2n ** 60n, 'x', false, null, undefined]],
    );
    expect(await load(from)).toEqual({
      n: [Number.NaN, 1.5, Number.NaN],
      big: [Number.NaN, 7, 2 ** 60],
      s: [null, '1', 'x'],
      b: [null, true, false],
      d: [null, day, null],
      none: [Number.NaN, Number.NaN, Number.NaN],
    });
  });

  it('reads cells by the types that the driver or the caller declares', async () => {
    const typed: SqlField[] = [
      { name: 'n', type: 'integer' },
      { name: 'b', type: 'boolean' },
      { name: 'd', type: 'datetime' },
      { name: 's', dataTypeID: 1043 },
      { name: 'c', dataTypeID: 23 },
    ];
    const rows = [['12', 'true', '2024-01-01 10:00:00+02', 'x', 7]];
    expect(await load(client(typed, rows), { types: { c: 'string' } })).toEqual({
      n: [12],
      b: [true],
      d: [new Date('2024-01-01T08:00:00Z')],
      s: ['x'],
      c: ['7'],
    });
  });

  it('rounds long integers that the caller declares numbers', async () => {
    const from = client([{ name: 'a' }, { name: 'b', type: 'number' }], [[2n ** 53n + 1n, '-9007199254740993']]);
    expect(await load(from, { types: { a: 'number', b: 'integer' } })).toEqual({ a: [2 ** 53], b: [-(2 ** 53)] });
  });

  it.each([
    [
      'an integer that would be rounded',
      'number',
      2n ** 53n + 1n,
      /integer past 2\^53 that a double does not hold in row 2;/,
    ],
    [
      'such an integer as text',
      'number',
      '9007199254740993',
      /integer past 2\^53 that a double does not hold in row 2;/,
    ],
    ['text among numbers', 'number', 'secret', /a cell \(string\) that does not fit in row 2;/],
    ['a number among booleans', 'boolean', 2, /a cell \(number\) that does not fit/],
    ['an instant that is none', 'datetime', new Date(Number.NaN), /a cell \(date\) that does not fit/],
    ['a list', 'string', [1], /a cell \(array\) that does not fit/],
    ['an object', undefined, {}, /a cell \(object\) that does not fit/],
  ] as const)('refuses %s', async (_, type, cell, message) => {
    const field = type === undefined ? { name: 'x' } : { name: 'x', type };
    await expect(load(client([field], [[null], [cell]]))).rejects.toThrow(failed('COLUMN_INVALID', message));
  });

  it('cuts batches of the rows asked for out of what the driver gives, all of the same types', async () => {
    const from = client(
      fields('a', 'none'),
      [
        [1, null],
        [2, null],
        [3, null],
      ],
      [],
      [
        [4, null],
        [5, null],
      ],
    );
    const cells = (a: number[]) => ({ a, none: a.map(() => Number.NaN) });
    expect(await batches(from, { rows: 2 })).toEqual([cells([1, 2]), cells([3, 4]), cells([5])]);
    expect(await batches(from, { rows: 5 })).toEqual([cells([1, 2, 3, 4, 5])]);
    const late = client(fields('a'), [[null], [null]], [['x']]);
    await expect(batches(late, { rows: 2 })).rejects.toThrow(failed('COLUMN_INVALID', /column a .* in row 3; declare/));
    expect(await batches(late, { rows: 2, types: { a: 'string' } })).toEqual([{ a: [null, null] }, { a: ['x'] }]);
  });

  it('tells progress in rows', async () => {
    const events: ProgressEvent[] = [];
    await load(client(fields('a'), [[1], [2]], [[3]]), { onProgress: (event) => events.push(event) });
    expect(events.map(({ completed }) => completed)).toEqual([2, 3]);
  });

  it('refuses no rows, one name twice, batches of a client that gives all at once, and what drivers throw', async () => {
    await expect(load(client(fields('a'), []))).rejects.toThrow(failed('DATA_EMPTY', /no rows$/));
    await expect(load(client(fields('a', 'a'), [[1, 2]]))).rejects.toThrow(failed('COLUMN_INVALID', /twice/));
    const whole: SqlClient = { query: () => Promise.reject(Object.assign(new Error('secret'), { code: '42P01' })) };
    await expect(batches(whole)).rejects.toThrow(failed('OPTION_INVALID', /need a client that streams/));
    await expect(load(whole)).rejects.toThrow(failed('SOURCE_FAILED', /^sql: the query failed \(42P01\)$/));
    await expect(batches(client(fields('a'), [[1]]), { rows: 0 })).rejects.toThrow(
      failed('OPTION_INVALID', /rows must be/),
    );
  });

  it('stops where the signal is aborted, before, while it waits and between pieces', async () => {
    const cancelled = failed('CANCELLED', /cancelled/);
    await expect(load(client(fields('a'), [[1]]), { signal: AbortSignal.abort() })).rejects.toThrow(cancelled);
    const stop = new AbortController();
    const waiting: SqlClient = { query: () => new Promise(() => setImmediate(() => stop.abort())) };
    await expect(load(waiting, { signal: stop.signal })).rejects.toThrow(cancelled);
    const next = new AbortController();
    const onProgress = () => next.abort();
    await expect(load(client(fields('a'), [[1]], [[2]]), { signal: next.signal, onProgress })).rejects.toThrow(
      cancelled,
    );
  });
});
