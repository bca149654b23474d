import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boosterOptions } from '../../src/boosting/booster-options.js';
import { DIALECT_TABLE, DIALECTS, dialectOptions } from '../../src/boosting/dialects.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/boosting.md'), 'utf8');

/** A row of the page's table: name, defaults, doc. */
function parameterRow(name: string, doc: string): string {
  const shown = (value: unknown): string => (value === undefined ? 'by the data' : `\`${JSON.stringify(value)}\``);
  const defaults = DIALECTS.map((dialect) => shown(dialectOptions(dialect).specs[name]?.default));
  return `| \`${name}\` | ${defaults.join(' | ')} | ${doc} |`;
}

describe('docs/boosting.md', () => {
  it.each(Object.entries(boosterOptions.specs))('has the row of %s', (name, spec) => {
    expect(page).toContain(parameterRow(name, spec.doc));
  });

  it.each(DIALECTS)('has the spellings of %s', (dialect) => {
    const rows = Object.entries(DIALECT_TABLE[dialect].spellings).filter(([, spellings]) => spellings.length > 0);
    for (const [name, spellings] of rows) expect(page).toContain(`\`${name}\`: ${spellings.join(', ')}`);
  });
});
