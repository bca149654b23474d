// The program of docs/features.md, run as it stands.
import { expect, test } from 'vitest';
import { runPage } from '../docs/run-page.js';

test('the program of docs/features.md runs and prints what the page says', async () => {
  expect(await runPage('docs/features.md')).toEqual([
    [
      {
        prospect_id: 'p1',
        as_of: new Date('2026-02-03'),
        plan: 'pro',
        logins30d: 1,
        spent: 12.5,
        lastAction: 'order',
        converted: 1,
      },
    ],
    [{ plan: 'pro', logins30d: 0, spent: 12.5, lastAction: 'order' }],
  ]);
});
