// The programs of docs/sources.md that need no server, run as they stand.
import { expect, test } from 'vitest';
import { runPage } from './run-page.js';

const api = await import('@duckdb/node-api').catch(() => undefined);

test.skipIf(api === undefined)(
  'the programs of docs/sources.md run and print what they say (needs @duckdb/node-api)',
  async () => {
    expect(await runPage('docs/sources.md')).toEqual([
      [[{ answer: 42, asked: 'select ?' }]],
      [[0, 1, 2, 3, 4].map((id) => ({ id, bucket: id % 2 }))],
    ]);
  },
);
