// What the WebAssembly kernel reads is, bit for bit, what the readers in TypeScript make of the same text, cell by cell.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../../../src/core/resolve-options.js';
import { columnKinds } from '../../../../src/loaders/csv/cells/column-kinds.js';
import { csvDialect } from '../../../../src/loaders/csv/csv-dialect.js';
import { type CsvOptions, csvOptions } from '../../../../src/loaders/csv/csv-options.js';
import type { CsvText } from '../../../../src/loaders/csv/csv-text.js';
import { readText } from '../../../../src/loaders/csv/kernel/read-text.js';
import { readColumns } from '../../../../src/loaders/csv/read-columns.js';
import type { Column } from '../../../../src/table/column.js';

type Declared = Parameters<typeof columnKinds>[0];

function result<R>(steps: Generator<unknown, R>): R {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The columns by the kernel, and by TypeScript; undefined where that refuses. */
function both(lines: string, declared: readonly Declared[], given: CsvOptions) {
  const options = resolveOptions(csvOptions, { delimiter: ',', ...given });
  const bytes = Buffer.from(lines);
  const dialect = csvDialect(options);
  const text: CsvText = { bytes, start: 0, dialect, name: 'csv' };
  const plan = {
    size: bytes.length,
    hasMore: false,
    nColumns: declared.length,
    options,
    delimiter: dialect.delimiter,
    seed: 1,
  };
  const columns = declared.map((type) => ({ declared: type, kind: 0, lastKind: columnKinds(type).length - 1 }));
  const byKernel = result(readText({ plan, bytes, from: 0, to: bytes.length, columns }))?.columns;
  let plain: Column[] | undefined;
  try {
    plain = result(readColumns(text, declared.map(columnKinds), declared.map(String)));
  } catch {
    plain = undefined;
  }
  return { byKernel, plain };
}

const digits = (max: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { maxLength: max }).map((list) => list.join(''));
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(18), fc.constantFrom('', '.', ','), digits(18))
  .map((parts) => parts.join(''));
const numbers = fc.oneof(
  { weight: 4, arbitrary: decimal },
  fc.double().map(String),
  fc.integer().map(String),
  fc.constantFrom(
    'inf',
    '-Infinity',
    '1e5',
    '1E-400',
    '9007199254740993',
    '00',
    '-0',
    '0.',
    '.5',
    '-',
    '.',
    '1.2.3',
    '0x1',
  ),
);
const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
const date = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
  .map(([y, m, d]) => `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`);
const dates = fc.oneof(
  date,
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }).map((d) => d.toISOString()),
  fc
    .tuple(date, fc.constantFrom('T', ' ', 'x'), two, two, two, fc.constantFrom('', 'Z', '+01', '.5', 'z'))
    .map(([day, separator, h, m, s, rest]) => `${day}${separator}${h}:${m}:${s}${rest}`),
);
const words = fc.constantFrom('true', 'False', 'TRUE', 't', 'yes', 'N', '1', '0', 'truest', '');
const strings = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^[a-z]{1,3}$/),
  fc.constantFrom('', 'NA', 'null', 'N/A', '-', 'a"b', 'x'.repeat(200), 'é'.repeat(9)),
);
const padded = (cells: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom('', '', '', ' ', '\t '), cells, fc.constantFrom('', '', '', ' '))
    .map((parts) => parts.join(''));
const missing = fc.constantFrom('', 'NA', 'nan', ' ', '?');

/** Cells of one kind, some of them missing. */
const column = (cells: fc.Arbitrary<string>) => fc.oneof({ weight: 6, arbitrary: padded(cells) }, missing);
const row = fc.tuple(column(numbers), column(dates), column(words), column(strings), column(numbers));
const anyDeclared = fc.tuple(
  ...['number', 'datetime', 'boolean', 'string', 'integer'].map((type) => fc.constantFrom(undefined, type as Declared)),
);
const anyOptions: fc.Arbitrary<CsvOptions> = fc.record({
  decimal: fc.constantFrom('.', ','),
  quote: fc.constantFrom('"', "'"),
  trim: fc.boolean(),
  missing: fc.constantFrom(['', 'NA'], ['0', '-1.5', 'true'], csvOptions.specs.missing.default),
  delimiter: fc.constantFrom(',', ';', '\t'),
});

const quotedOrNot = (cell: string, quote: string, delimiter: string, always: boolean): string =>
  always || cell.includes(delimiter) || cell.startsWith(quote) || /[\n\r]|^[ \t]*['"]/.test(cell)
    ? quote + cell.replaceAll(quote, quote + quote) + quote
    : cell;

describe('readText', () => {
  it('reads rows of numbers, dates, booleans and strings as TypeScript does, in any dialect', () => {
    const rows = fc.array(fc.tuple(row, fc.boolean(), fc.constantFrom('\n', '\r\n', '\r', '\n\n')), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, anyDeclared, anyOptions, (list, declared, options) => {
        const { quote = '"', delimiter = ',' } = options;
        const lines = list.map(([cells, isQuoted, end]) => {
          return cells.map((cell) => quotedOrNot(cell, quote, delimiter, isQuoted)).join(delimiter) + end;
        });
        const { byKernel, plain } = both(lines.join(''), declared, options);
        expect(plain).toBeDefined();
        expect(byKernel).toEqual(plain);
      }),
      { numRuns: 800 },
    );
  });

  it.each([
    ['numbers', numbers],
    ['dates', dates],
    ['booleans', words],
  ])('reads a column of %s cell by cell as TypeScript does', (_, cells) => {
    // A column of its own for every cell, so that one which does not fit spoils no other.
    const line = fc.array(cells, { minLength: 8, maxLength: 8 });
    const declared = fc.constantFrom<Declared>(undefined, 'number', 'datetime', 'boolean');
    fc.assert(
      fc.property(line, declared, (list, type) => {
        const text = `${list.map((cell) => `"${cell}"`).join(',')}\n${list.map((cell) => `"${cell}"`).join(',')}\n`;
        const { byKernel, plain } = both(text, Array<Declared>(8).fill(type), {});
        expect(byKernel).toEqual(plain);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves what is wrong to be worded', () => {
    for (const text of ['1,2\n3\n', '1,2\n3,"4\n', '1,2\n3,"4"5\n', '1,2\n3,4,5\n', '', '\n\n']) {
      expect(both(text, [undefined, undefined], {})).toEqual({ byKernel: undefined, plain: undefined });
    }
    const long = both(`1,${'x'.repeat(50)}\n2,y\n`, [undefined, undefined], { maxCellBytes: 49 });
    expect(long).toEqual({ byKernel: undefined, plain: undefined });
  });

  it('gives many distinct, long and repeated strings their codes over many blocks and pieces', () => {
    const line = (i: number) => `${i}x,"${'é'.repeat(i % 300)}""${i % 7}",${i % 5},${'long '.repeat(i % 11)}\n`;
    const text = Array.from({ length: 30_000 }, (_, i) => line(i)).join('');
    const { byKernel, plain } = both(text, [undefined, 'string', 'string', 'string'], {});
    expect(byKernel).toEqual(plain);
  });
});
