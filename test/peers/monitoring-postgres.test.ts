// The prediction log in a real PostgreSQL: what goes in comes back, and a database that goes away costs no more than records.
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresPredictionLog } from '../../src/monitoring/log/postgres-prediction-log.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { allOf, prediction, truth } from '../monitoring/records.js';
import { answer, rows, scoring } from '../monitoring/watching.js';
import type { ChildServer } from './child-server.js';
import { hasPostgres, postgresServer } from './postgres-server.js';

describe.skipIf(!hasPostgres)('the prediction log on PostgreSQL (needs its server: npm run test:peers)', () => {
  let server: ChildServer;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await postgresServer();
    pool = new pg.Pool({ host: '127.0.0.1', port: server.port, user: 'postgres', max: 2 });
    pool.on('error', () => {});
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  test('gives back what was appended, in order', async () => {
    const log = await postgresPredictionLog({ client: pool, table: 'first' });
    const records = [
      prediction(1, { segments: { plan: 'é "x"' }, row: { age: 31 } }),
      truth(1, 'yes'),
      prediction(2, { label: null, probabilities: { a: 0.25 } }),
    ];
    for (const record of records) log.append(record);
    log.append(truth(2, 'a\u0000b\\u0000'));
    expect(await allOf(log.recent(10))).toEqual([...records, truth(2, 'ab\\u0000')]);
    expect((await allOf(log.recent(1))).map(({ id }) => id)).toEqual(['id-2']);
    const { rows: found } = await pool.query('select at, kind from first order by seq limit 1');
    expect(found).toEqual([{ at: new Date(prediction(1).timeMs), kind: 'prediction' }]);
    await log.close();
    expect(log.counts()).toEqual({ written: 4, dropped: 0, pending: 0 });
  });

  test('takes a monitor up again where it was', async () => {
    const predictor = scoring();
    const input = async () => ({
      predictors: { m: predictor },
      log: await postgresPredictionLog({ client: pool, table: 'second' }),
    });
    const before = await monitor(await input());
    const all = rows(300, 4);
    all.forEach(({ row }, i) => {
      answer(before, predictor, `id-${i}`, row);
    });
    before.feedback(
      'm',
      all.map(({ truth: known }, i) => ({ id: `id-${i}`, truth: known })),
    );
    const { metrics } = before.performance('m');
    await before.close();
    const after = await monitor(await input());
    expect(after.performance('m').metrics).toEqual(metrics);
    await after.close();
  });

  test('drops and counts past its bound while the database is away, and goes on when it is back', async () => {
    let isAway = false;
    const client = {
      query: (text: string, values?: unknown[]) =>
        isAway ? Promise.reject(new Error('away')) : pool.query(text, values),
    };
    const log = await postgresPredictionLog({ client, table: 'third', maxPending: 10, retryMs: 1 });
    isAway = true;
    for (let i = 0; i < 10; i++) log.append(prediction(i));
    await log.flush();
    for (let i = 10; i < 15; i++) log.append(prediction(i));
    expect(log.counts()).toEqual({ written: 0, dropped: 10, pending: 5 });
    isAway = false;
    await log.close();
    expect(log.counts()).toEqual({ written: 5, dropped: 10, pending: 0 });
  });

  test('refuses a name that is no table', async () => {
    await expect(postgresPredictionLog({ client: pool, table: 'a; drop' })).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
  });
});
