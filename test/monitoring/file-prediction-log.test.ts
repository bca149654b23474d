import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parquet } from '../../src/loaders/parquet/parquet.js';
import { filePredictionLog } from '../../src/monitoring/log/file-prediction-log.js';
import { LineGroup } from '../../src/monitoring/log/line-group.js';
import { readPredictionLog } from '../../src/monitoring/log/read-prediction-log.js';
import { temporaryFolder } from '../temporary-folder.js';
import { allOf, prediction, settled, truth } from './records.js';

const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);
const segments = async (folder: string) => (await readdir(folder)).filter((name) => name !== 'owner.json').sort();

describe('filePredictionLog', () => {
  test('gives back what was appended, in order, after it was closed', async () => {
    const folder = temporaryFolder();
    const log = await filePredictionLog(folder);
    const records = [
      prediction(1, { segments: { plan: 'pro' }, row: { age: 31, plan: 'pro', lastSeen: null } }),
      truth(1, 'yes'),
      prediction(2, { label: null }),
      prediction(3, { label: true, probabilities: { a: 0.25, b: 0.75 } }),
      truth(3, 17.5),
    ];
    for (const record of records) log.append(record);
    await log.close();
    expect(log.counts()).toEqual({ written: 5, dropped: 0, pending: 0 });
    expect(await allOf(readPredictionLog(folder))).toEqual(records);
  });

  test('writes by itself within flushMs, many records in one group', async () => {
    const folder = temporaryFolder();
    const log = await filePredictionLog(folder, { flushMs: 20 });
    for (let i = 0; i < 1000; i++) log.append(prediction(i));
    expect(log.counts()).toEqual({ written: 0, dropped: 0, pending: 1000 });
    await settled(log);
    const [name = ''] = await segments(folder);
    expect((await readFile(join(folder, name), 'utf8')).split('\n')).toHaveLength(1001);
    await log.close();
  });

  test('keeps no more than maxPending in memory, and counts what it drops', async () => {
    const log = await filePredictionLog(temporaryFolder(), { maxPending: 10 });
    for (let i = 0; i < 25; i++) log.append(prediction(i));
    await log.close();
    expect(log.counts()).toEqual({ written: 10, dropped: 15, pending: 0 });
  });

  test('compacts closed segments to Parquet with the same columns whatever was logged, and says the same', async () => {
    const folder = temporaryFolder();
    const log = await filePredictionLog(folder, { segmentBytes: 1, compactBelow: 1 });
    log.append(prediction(1));
    await log.flush();
    log.append(truth(1, 'no'));
    await log.flush();
    log.append(prediction(2, { segments: { plan: 'a "b"' }, row: { age: 3 } }));
    await log.close();
    const names = await segments(folder);
    expect(names.map((name) => name.split('.')[1])).toEqual(['parquet', 'parquet', 'ndjson']);
    const tables = await Promise.all(
      names.slice(0, 2).map(async (name) => (await parquet(join(folder, name)).load()).data),
    );
    expect(tables[0]?.columnNames()).toEqual(tables[1]?.columnNames());
    const again = await filePredictionLog(folder, { compactBelow: 1 });
    await again.close();
    expect((await segments(folder)).every((name) => name.endsWith('.parquet'))).toBe(true);
    const all = await allOf(readPredictionLog(folder));
    expect(all).toEqual([
      prediction(1),
      truth(1, 'no'),
      prediction(2, { segments: { plan: 'a "b"' }, row: { age: 3 } }),
    ]);
  });

  test('writes every record as JSON has it', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    const record = fc.record(
      {
        kind: fc.constant('prediction' as const),
        timeMs: fc.integer({ min: 0 }),
        served: text,
        id: text,
        model: text,
        version: fc.integer({ min: 1 }),
        score: number,
        label: fc.oneof(text, number, fc.boolean(), fc.constant(null)),
        probabilities: fc.dictionary(text, number),
        segments: fc.dictionary(text, text),
        row: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))),
      },
      { requiredKeys: ['kind', 'timeMs', 'served', 'id', 'model', 'version', 'score', 'label'] },
    );
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const group = new LineGroup(1);
        for (const each of records) group.add(each);
        const lines = Buffer.from(group.bytes).toString().split('\n').slice(0, -1);
        const expected = JSON.parse(JSON.stringify(records));
        expect(lines.map((line) => JSON.parse(line))).toEqual(expected);
      }),
    );
  });

  test('closes a segment by age', async () => {
    const folder = temporaryFolder();
    let now = 1_000_000;
    const log = await filePredictionLog(folder, { segmentMs: 1000, compactBelow: 1, clock: () => now });
    for (const i of [1, 2, 3]) {
      log.append(prediction(i));
      await log.flush();
      now += 600;
    }
    await log.close();
    expect(await segments(folder)).toHaveLength(2);
    expect(ids(await allOf(readPredictionLog(folder)))).toEqual(['id-1', 'id-2', 'id-3']);
  });

  test('removes files by age and by size, the oldest first', async () => {
    const folder = temporaryFolder();
    const day = 86_400_000;
    let now = 99 * day;
    const fill = async (options: object) => {
      const log = await filePredictionLog(folder, { segmentBytes: 1, compactBelow: 1, clock: () => now, ...options });
      for (let i = 0; i < 4; i++) {
        now += day;
        log.append(prediction(now / day));
        await log.flush();
      }
      await log.close();
      return ids(await allOf(readPredictionLog(folder)));
    };
    expect(await fill({})).toEqual(['id-100', 'id-101', 'id-102', 'id-103']);
    expect(await fill({ retentionDays: 2 })).toEqual(['id-104', 'id-105', 'id-106', 'id-107']);
    expect(await fill({ retentionBytes: 1 })).toEqual(['id-111']);
  });

  test('opens with no repair after a crash: a torn last line is left out, a segment in two forms counts once', async () => {
    const folder = temporaryFolder();
    const log = await filePredictionLog(folder, { segmentBytes: 1, compactBelow: 1 });
    for (const i of [1, 2]) {
      log.append(prediction(i));
      await log.flush();
    }
    await log.close();
    const [first = '', last = ''] = await segments(folder);
    await appendFile(join(folder, last), JSON.stringify(prediction(3)).slice(0, 40));
    await writeFile(join(folder, first.replace('parquet', 'ndjson')), `${JSON.stringify(prediction(1))}\n`);
    await writeFile(join(folder, `.${first}.0d3e.tmp`), 'half');
    expect(ids(await allOf(readPredictionLog(folder)))).toEqual(['id-1', 'id-2']);
    const again = await filePredictionLog(folder);
    again.append(prediction(4));
    await again.close();
    expect(ids(await allOf(readPredictionLog(folder)))).toEqual(['id-1', 'id-2', 'id-4']);
    expect((await segments(folder)).some((name) => name.endsWith('.tmp'))).toBe(false);
  });

  test('goes back over the latest segments only as far as is asked', async () => {
    const log = await filePredictionLog(temporaryFolder(), { segmentBytes: 1, compactBelow: 1 });
    for (const i of [1, 2, 3, 4]) {
      log.append(prediction(i));
      await log.flush();
    }
    log.append(prediction(5));
    expect(ids(await allOf(log.recent(2)))).toEqual(['id-4', 'id-5']);
    expect(ids(await allOf(log.recent(100)))).toEqual(['id-1', 'id-2', 'id-3', 'id-4', 'id-5']);
    await log.close();
  });

  test('belongs to one at a time', async () => {
    const folder = temporaryFolder();
    const log = await filePredictionLog(folder);
    await expect(filePredictionLog(folder)).rejects.toMatchObject({ code: 'LOG_BUSY' });
    await log.close();
    await (await filePredictionLog(folder)).close();
  });
});
