// The programs of docs/loaders.md, run as they stand, beside files of the names they use.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { parquet } from '../../src/loaders/parquet/parquet.js';
import { formatParquet } from '../../src/loaders/parquet/write-parquet.js';
import { temporaryFolder } from '../temporary-folder.js';
import { runPage } from './run-page.js';

const EVENTS = '{"customer":"a","at":"2026-05-01T00:00:00.000Z"}\n{"customer":"b","at":"2026-05-02T00:00:00.000Z"}\n';

test('the programs of docs/loaders.md run and leave the files they write', async () => {
  const folder = temporaryFolder();
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
  put('prospects.csv', 'age,plan\n31,pro\n45,free\n');
  put('customers.csv', 'customer;city\na;Bern\nb;Ulm\n');
  put('usage.csv', 'customer;minutes\na;1,5\nb;2,25\n');
  put('usage.csv.gz', gzipSync('customer,code\na,007\nb,\n'));
  put(
    'usage.parquet',
    formatParquet(parseCsv(Buffer.from('customer,minutes,plan,city\na,1.5,pro,Bern\nb,2,free,Ulm\n'))),
  );
  put('large.csv', 'n\n1\n2\n3\n');
  put('events.ndjson.gz', gzipSync(EVENTS));
  put('prospects.json', '[{"age":31,"plan":"pro"},{"age":null,"plan":"free"}]');

  expect(await runPage('docs/loaders.md', 'ts', folder)).toEqual([[2], [2]]);

  expect(readdirSync(folder)).toContain('scores.csv');
  expect(readFileSync(join(folder, 'scores.csv'), 'utf8')).toBe('age,plan\n31,pro\n');
  const usage = await parquet(join(folder, 'usage.parquet')).load();
  expect(usage.data?.columnNames()).toEqual(['customer', 'minutes', 'plan']);
  expect((await parquet(join(folder, 'large.parquet')).load()).data?.numRows()).toBe(3);
  expect(readFileSync(join(folder, 'events.ndjson'), 'utf8')).toBe(EVENTS);
  expect(JSON.parse(readFileSync(join(folder, 'prospects.json'), 'utf8'))).toEqual({
    age: [31, null],
    plan: ['pro', 'free'],
  });
});
