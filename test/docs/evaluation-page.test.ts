// The tables of docs/evaluation.md against the code, and its program, run as it stands.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { METRICS } from '../../src/evaluation/metric-table.js';
import { resolveValidation } from '../../src/evaluation/validation-options.js';
import { runPage } from './run-page.js';

const page = readFileSync('docs/evaluation.md', 'utf8');

/** Code in the first or second cell of the rows of the tables under a heading. */
function tableCode(heading: string): string[] {
  const section = page.slice(page.indexOf(heading));
  const rows = section.slice(0, section.indexOf('\n## ', 1)).match(/^\|.*\|$/gm) ?? [];
  return rows.flatMap((row) =>
    [
      ...row
        .split('|')
        .slice(1, 3)
        .join('|')
        .matchAll(/`([^`]+)`/g),
    ].map(([, code]) => code as string),
  );
}

describe('docs/evaluation.md', () => {
  test('has a program that runs and prints what it says', async () => {
    expect(await runPage('docs/evaluation.md')).toEqual([[2 / 3]]);
  });

  test('lists every metric and no other', () => {
    expect(tableCode('## Metrics').sort()).toEqual(Object.keys(METRICS).sort());
  });

  test('shows validations that can be asked for', () => {
    const shown = tableCode('# Validation and metrics').filter((code) => code.startsWith('{'));
    expect(shown.length).toBeGreaterThan(6);
    for (const code of shown) {
      const json = code.replace(/(\w+):/g, '"$1":').replaceAll("'", '"');
      expect(() => resolveValidation(JSON.parse(json)), code).not.toThrow();
    }
  });
});
