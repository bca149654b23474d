import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonArrayRecords } from '../../../src/loaders/json/json-array-records.js';
import { ndjsonRecords } from '../../../src/loaders/json/ndjson-records.js';
import type { RecordText } from '../../../src/loaders/json/record-text.js';
import { inChunks } from './json-files.js';

const key = fc.oneof(fc.constantFrom('a', 'b', '"', '}', '\\', 'é'), fc.string({ unit: 'binary', maxLength: 6 }));
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
);
const records = fc.array(
  fc.dictionary(
    key.filter((name) => name !== '__proto__'),
    value,
    { maxKeys: 4 },
  ),
  { maxLength: 12 },
);
const CHUNK_BYTES = [1, 7, 65_536];

async function texts(blocks: AsyncIterable<RecordText[]>): Promise<RecordText[]> {
  const all: RecordText[] = [];
  for await (const block of blocks) all.push(...block);
  return all;
}

describe.each(CHUNK_BYTES)('records that arrive %i bytes at a time', (size) => {
  const source = (text: string) => ({ chunks: inChunks(Buffer.from(text), size), name: 'data', maxRecordBytes: 1e6 });

  it('are the lines of NDJSON, with their numbers, blank ones left out', async () => {
    const breaks = fc.constantFrom('\n', '\r\n', '\n\n', '\n \n');
    await fc.assert(
      fc.asyncProperty(records, breaks, fc.boolean(), async (list, lineBreak, endsWithBreak) => {
        const text = list.map((record) => JSON.stringify(record)).join(lineBreak) + (endsWithBreak ? lineBreak : '');
        const found = await texts(ndjsonRecords(source(text)));
        expect(found.map((record) => JSON.parse(record.text))).toEqual(
          list.map((record) => JSON.parse(JSON.stringify(record))),
        );
        const step = lineBreak.split('\n').length - 1;
        expect(found.map(({ line }) => line)).toEqual(list.map((_, i) => 1 + i * step));
      }),
      { numRuns: 150 },
    );
  });

  it('are the elements of an array, with the lines they start in', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom(undefined, 2, '\n\t'), async (list, space) => {
        const text = JSON.stringify(list, null, space);
        const found = await texts(jsonArrayRecords(source(text)));
        expect(found.map((record) => JSON.parse(record.text))).toEqual(JSON.parse(text));
        const lines = text.split('\n');
        for (const { text: record, line } of found) expect(lines[line - 1]).toContain(record.split('\n')[0]);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['[', '[{}', '[{},', '[{},]', '[1]', '[{}}]', '{}', '[] []', '[{"a": "', 'nonsense'])(
    'refuses %s',
    async (text) => {
      await expect(texts(jsonArrayRecords(source(text)))).rejects.toMatchObject({ code: 'JSON_MALFORMED' });
    },
  );
});
