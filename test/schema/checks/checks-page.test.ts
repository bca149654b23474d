// The program of docs/checks.md, run as it stands.
import { expect, test } from 'vitest';
import { runPage } from '../../docs/run-page.js';

test('the program of docs/checks.md runs and prints what the page says', async () => {
  expect(await runPage('docs/checks.md')).toEqual([
    [
      false,
      [
        ['plan', 'must be one of the 3 declared values', 'error', [1]],
        ['amount', 'must be >= 0', 'error', [1]],
        ['amount', 'must be <= 500', 'warn', [2]],
        ['id, start', 'must be unique', 'error', [3]],
        ['start, end', 'must end after it starts', 'error', [2]],
      ],
    ],
    [
      1,
      3,
      [
        { column: 'plan', rule: 'must be one of the 3 declared values', count: 1 },
        { column: 'amount', rule: 'must be >= 0', count: 1 },
        { column: 'id, start', rule: 'must be unique', count: 1 },
        { column: 'start, end', rule: 'must end after it starts', count: 1 },
      ],
    ],
  ]);
});
