import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../../src/core/progress.js';
import { json } from '../../../src/loaders/json/json.js';
import { ndjson } from '../../../src/loaders/json/ndjson.js';
import { tableCells } from '../table-cells.js';
import { newFile } from './json-files.js';

const load = async (text: string, types = {}) => tableCells((await ndjson(newFile(text)).load({ types })).data);

describe('ndjson', () => {
  it('has a column a key, missing where a record has none', async () => {
    const text = '\uFEFF{"a": 1}\n\n{"b": "x", "a": null}\r\n{"b": null}';
    expect(await load(text)).toEqual({ a: [1, Number.NaN, Number.NaN], b: [null, 'x', null] });
  });

  it('makes strings of values of several types', async () => {
    expect(await load('{"a":1}\n{"a":true}\n{"a":"x"}')).toEqual({ a: ['1', 'true', 'x'] });
    expect(await load('{"a":false}\n{"a":2}')).toEqual({ a: ['false', '2'] });
  });

  it('reads columns as they are declared', async () => {
    expect(await load('{"a":1,"b":"2024-01-01"}', { a: 'string', b: 'string' })).toEqual({
      a: ['1'],
      b: ['2024-01-01'],
    });
  });

  it.each([
    ['{"a":1}\n{"a":', 'JSON_MALFORMED', 'line 2 is not valid JSON'],
    ['{"a":1}\n[2]', 'JSON_MALFORMED', 'line 2 must hold an object, got array'],
    ['{"a":1}\n{"a":{"b":1}}', 'COLUMN_INVALID', 'line 2: column a must hold no nested values, got object'],
    ['{"a":[1]}', 'COLUMN_INVALID', 'line 1: column a must hold no nested values, got array'],
    ['{"id":12345678901234567}', 'COLUMN_INVALID', 'line 1 has an integer past 2^53 that a double does not hold'],
    ['\n \n', 'DATA_EMPTY', 'there is no record'],
    ['', 'DATA_EMPTY', 'there is no record'],
  ])('refuses %j', async (text, code, message) => {
    await expect(ndjson(newFile(text)).load()).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('rounds integers that are declared numbers, and reads large numbers that are no integers', async () => {
    expect(await load('{"id":12345678901234567}', { id: 'number' })).toEqual({ id: [12345678901234568] });
    expect(await load('{"x":1e300}')).toEqual({ x: [1e300] });
    expect(await load('{"x":1180591620717411303424}')).toEqual({ x: [2 ** 70] });
  });

  it('refuses bytes that are not UTF-8, with their line', async () => {
    const path = newFile(Buffer.concat([Buffer.from('{"a":"x"}\n{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n')]));
    await expect(ndjson(path).load()).rejects.toMatchObject({
      code: 'TEXT_ENCODING',
      message: expect.stringContaining('line 2'),
    });
  });

  it('never shows a value in a message', async () => {
    const error = await ndjson(newFile('{"a": "secret"} x'))
      .load()
      .catch((thrown: unknown) => thrown);
    expect(JSON.stringify([String(error), (error as Error).cause ?? null])).not.toContain('secret');
  });

  it('keeps to the columns and types of the first batch', async () => {
    const drain = async (text: string) => {
      for await (const _ of ndjson(newFile(text)).batches({ rows: 1 }));
    };
    const another = 'line 2: column a has a value of another type than the batch before, got string';
    await expect(drain('{"a":1}\n{"a":"x"}')).rejects.toThrow(another);
    await expect(drain('{"a":"2024-01-01"}\n{"a":"x"}')).rejects.toThrow(another);
    await expect(drain('{"a":1}\n{"b":1}')).rejects.toThrow('line 2: column b is in no record of the first batch');
  });

  it('bounds records and text, compressed text too', async () => {
    const line = `{"a":"${'x'.repeat(1000)}"}\n`;
    const bounded = [{ maxRecordBytes: 999 }, { maxBytes: 100_000 }];
    for (const options of bounded) {
      const loading = ndjson(newFile(line.repeat(1000), 'data.ndjson.gz'), options).load();
      await expect(loading).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
    }
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 90_000 }, (_, i) => [i, 1])));
    const sparse = `${wide}\n${'{}\n'.repeat(10_000)}`;
    await expect(ndjson(newFile(sparse)).load()).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
  });

  it('reports progress, stops where its signal is aborted, and says what is not there', async () => {
    const path = newFile('{"a":1}\n'.repeat(10));
    const events: ProgressEvent[] = [];
    await ndjson(path).load({ onProgress: (event) => events.push(event) });
    expect(events.at(-1)).toMatchObject({ phase: 'load', completed: 80, total: 80 });
    const abort = AbortSignal.abort();
    await expect(ndjson(path).load({ signal: abort })).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(ndjson('no-such.ndjson').load()).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(json(newFile('not gzip', 'a.json'), { compression: 'gzip' }).load()).rejects.toMatchObject({
      code: 'JSON_MALFORMED',
    });
  });
});

describe('json', () => {
  it.each([
    ['{"a":[1,2],"b":[1]}', 'COLUMN_INVALID', 'column b must have 2 rows, got 1'],
    ['{"a":1}', 'COLUMN_INVALID', 'column a must be an array of values, got number'],
    ['{"a":[1', 'JSON_MALFORMED', 'is not valid JSON'],
    ['{"a":[{}]}', 'COLUMN_INVALID', 'must hold no nested values'],
    ['{"a":[12345678901234567]}', 'COLUMN_INVALID', 'past 2^53 that a double does not hold'],
    ['{}', 'DATA_EMPTY', 'there is no row'],
    ['[]', 'DATA_EMPTY', 'there is no record'],
    ['', 'JSON_MALFORMED', 'ends within the array'],
  ])('refuses %j', async (text, code, message) => {
    await expect(json(newFile(text)).load()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('reads both forms, after a byte order mark and spaces', async () => {
    for (const text of ['\uFEFF \n[{"a":1},\n{"a":2}]', '\uFEFF {"a":[1,2]}']) {
      expect(tableCells((await json(newFile(text)).load()).data)).toEqual({ a: [1, 2] });
    }
  });
});
