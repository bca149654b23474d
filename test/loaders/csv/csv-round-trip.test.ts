import { table } from 'arquero';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { formatCsv } from '../../../src/loaders/csv/write-csv.js';
import { BooleanColumn } from '../../../src/table/boolean-column.js';
import { DateColumn } from '../../../src/table/date-column.js';
import { makeTable } from '../../../src/table/make-table.js';
import { readColumn } from '../../../src/table/read-column.js';
import { tableCells } from '../table-cells.js';

const nastyString = fc.oneof(
  fc.array(fc.constantFrom(...'ab,;\t|"\'\r\n =+-@#\uFEFFé😀'), { maxLength: 8 }).map((list) => list.join('')),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.constantFrom('', 'NA', 'true', '1', '00', '2024-01-01', 'null'),
);
const columnsOf = <T>(cell: fc.Arbitrary<T>) =>
  fc
    .record({
      nRows: fc.integer({ min: 1, max: 8 }),
      names: fc.uniqueArray(
        nastyString.filter((name) => name !== '' && name !== '__proto__'),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .chain(({ nRows, names }) =>
      fc
        .array(fc.array(cell, { minLength: nRows, maxLength: nRows }), {
          minLength: names.length,
          maxLength: names.length,
        })
        .map((columns) => names.map((name, i) => [name, columns[i] ?? []] as const)),
    );

describe('a table that is written and read again', () => {
  it('has the same strings and names, whatever characters they hold', () => {
    const cases = fc.tuple(columnsOf(nastyString), fc.constantFrom(...',;\t|'));
    fc.assert(
      fc.property(cases, ([columns, delimiter]) => {
        const written = formatCsv(table(columns as [string, string[]][]), { delimiter });
        const types = Object.fromEntries(columns.map(([name]) => [name, 'string' as const]));
        const read = parseCsv(Buffer.from(written), { delimiter, types, missing: [] });
        expect(tableCells(read)).toEqual(Object.fromEntries(columns));
        const trimmed = parseCsv(Buffer.from(written), { delimiter, types, missing: [], trim: true });
        expect(tableCells(trimmed)).toEqual(Object.fromEntries(columns));
      }),
      { numRuns: 1000 },
    );
  });

  it('has the same numbers to the bit, missing ones included', () => {
    const number = fc.oneof(
      fc.double(),
      fc.float(),
      fc.integer(),
      fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map(Number),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (list) => {
        const values = Float64Array.from(list);
        const read = parseCsv(Buffer.from(formatCsv(makeTable([['x', values]]))));
        expect(readColumn(read, 'x')).toEqual(values);
      }),
      { numRuns: 1000 },
    );
  });

  it('has the same instants and booleans', () => {
    const instant = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    const day = instant.map((date) => new Date(date.toISOString().slice(0, 10)));
    const column = <T>(cell: fc.Arbitrary<T>) => fc.array(fc.option(cell), { minLength: 1, maxLength: 10 });
    const dates = fc.oneof(column(instant), column(day)).filter((list) => list.some((cell) => cell !== null));
    const flags = column(fc.boolean()).filter((list) => list.some((cell) => cell !== null));
    fc.assert(
      fc.property(dates, flags, (times, bits) => {
        const epochMs = Float64Array.from(times, (time) => time?.getTime() ?? Number.NaN);
        const codes = Int8Array.from(bits, (bit) => (bit === null ? -1 : Number(bit)));
        const timeText = formatCsv(makeTable([['x', new DateColumn(epochMs)]]));
        const flagText = formatCsv(makeTable([['x', new BooleanColumn(codes)]]));
        expect(readColumn(parseCsv(Buffer.from(timeText)), 'x')).toEqual(new DateColumn(epochMs));
        expect(readColumn(parseCsv(Buffer.from(flagText)), 'x')).toEqual(new BooleanColumn(codes));
      }),
    );
  });
});
