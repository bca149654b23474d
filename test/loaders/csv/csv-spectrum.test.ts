// The acid test of github.com/max-mapper/csv-spectrum: every CSV file reads to the JSON file beside it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { realData } from '../../peers/real-data.js';
import { tableCells } from '../table-cells.js';

const folder = realData('messy/csv-spectrum');
const files = folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.csv'));

/** Where a JSON file is not what its CSV file says: the CSV file is right. */
const CORRECTIONS: Readonly<Record<string, (json: string) => string>> = {
  // One object instead of a list of one, and another phone number.
  'location_coordinates.csv': (json) => `[${json.replace('1234567890', '2095257564')}]`,
  // The copy at hand lost its carriage returns.
  'newlines_crlf.csv': (json) => json.replaceAll('\\r\\n', '\\n'),
};

describe('csv-spectrum', () => {
  it('is on this machine', ({ skip }) => {
    if (folder === undefined) skip('no csv-spectrum: set TABWRIGHT_DATA to a folder that has messy/csv-spectrum');
    expect(files).toHaveLength(12);
  });

  it.each(files)('%s', (file) => {
    const correct = CORRECTIONS[file] ?? ((json: string) => json);
    const rows: Record<string, string>[] = JSON.parse(
      correct(readFileSync(join(folder ?? '', file.replace('.csv', '.json')), 'utf8')),
    );
    const names = Object.keys(rows[0] ?? {});
    const types = Object.fromEntries(names.map((name) => [name, 'string' as const]));
    const table = parseCsv(readFileSync(join(folder ?? '', file)), { types, missing: [] });
    const expected = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
    expect(Object.entries(tableCells(table))).toEqual(Object.entries(expected));
  });
});
