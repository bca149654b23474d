import { describe, expect, it } from 'vitest';
import { type CsvOptions, csvOptions } from '../../../src/loaders/csv/csv-options.js';
import { parseCsv } from '../../../src/loaders/csv/parse-csv.js';
import { tableCells } from '../table-cells.js';

const parse = (text: string, options: CsvOptions = {}) => tableCells(parseCsv(Buffer.from(text), options));

interface Change {
  readonly text: string;
  readonly options: CsvOptions;
  readonly before: unknown;
  readonly after: unknown;
}

/** One text an option, read without the option and with it. */
const CHANGES: Readonly<Record<keyof typeof csvOptions.specs, Change>> = {
  delimiter: {
    text: 'a,b;c\n1,2;3\n',
    options: { delimiter: ';' },
    before: { a: [1], 'b;c': ['2;3'] },
    after: { 'a,b': ['1,2'], c: [3] },
  },
  quote: {
    text: "a,b\n'x,y',\"\n",
    options: { quote: "'" },
    before: 'csv: line 2, column 3 has a quote that is never closed',
    after: { a: ['x,y'], b: ['"'] },
  },
  header: {
    text: '1,2\n3,4\n',
    options: { header: false },
    before: { '1': [3], '2': [4] },
    after: { column_1: [1, 3], column_2: [2, 4] },
  },
  missing: {
    text: 'a,b\nNA,-999\n1,2\n',
    options: { missing: ['-999'] },
    before: { a: [Number.NaN, 1], b: [-999, 2] },
    after: { a: ['NA', '1'], b: [Number.NaN, 2] },
  },
  decimal: {
    text: 'a;b\n1,5;2.5\n',
    options: { decimal: ',' },
    before: { a: ['1,5'], b: [2.5] },
    after: { a: [1.5], b: ['2.5'] },
  },
  comment: {
    text: '// "made by hand\na,b\n1,2\n//\n3,"\n// kept"\n',
    options: { comment: '//' },
    before:
      'csv: every row must have 1 cell like the first (delimiter ","), but 3 rows have not: line 2 has 2 (column 2 is too much), line 3 has 2 (column 2 is too much), line 5 has 2 (column 2 is too much)',
    after: { a: [1, 3], b: ['2', '\n// kept'] },
  },
  trim: {
    text: 'a , b\nx ,\t" y "  \n',
    options: { trim: true },
    before: { 'a ': ['x '], ' b': ['\t" y "  '] },
    after: { a: ['x'], b: [' y '] },
  },
  maxCellBytes: {
    text: 'a\nabcd\n',
    options: { maxCellBytes: 3 },
    before: { a: ['abcd'] },
    after: 'csv: line 2, column 1: a cell must have at most 3 bytes (maxCellBytes), got 4',
  },
};

function outcome(text: string, options?: CsvOptions): unknown {
  try {
    return parse(text, options);
  } catch (error) {
    return (error as Error).message;
  }
}

describe('every option of the CSV parser', () => {
  it.each(Object.entries(CHANGES))('%s changes the result', (_, { text, options, before, after }) => {
    expect(outcome(text)).toEqual(before);
    expect(outcome(text, options)).toEqual(after);
  });

  it('is in that list', () => {
    expect(Object.keys(CHANGES)).toEqual(Object.keys(csvOptions.specs));
  });
});

describe('options of the CSV parser', () => {
  it('turn quotes off by an empty quote', () => {
    expect(parse('a,b\n"x,y"\n', { quote: '' })).toEqual({ a: ['"x'], b: ['y"'] });
  });

  it.each(['tab', '\\t', '\t'])('take %j as the tab', (delimiter) => {
    expect(parse('a\tb\n1\t2,3\n', { delimiter })).toEqual({ a: [1], b: ['2,3'] });
  });

  it('keep the tab as delimiter when trimming', () => {
    expect(parse('a\tb\n\t x \n', { delimiter: 'tab', trim: true })).toEqual({ a: [Number.NaN], b: ['x'] });
  });

  it('read an indented quote when trimming, in the header too', () => {
    expect(parse(' "a", "b "\n 1, "x, ""y"" "\n', { trim: true })).toEqual({ a: [1], 'b ': ['x, "y" '] });
  });

  it('accept cells of exactly the longest length', () => {
    expect(parse('a,b\n"abc",abc\n', { maxCellBytes: 3 })).toEqual({ a: ['abc'], b: ['abc'] });
  });

  it('leave out the last line where it is a comment without an end', () => {
    expect(parse('a\n1\n#', { comment: '#' })).toEqual({ a: [1] });
  });

  it.each([
    [
      { delimiter: ';;' },
      'csv: delimiter must be one ASCII character that is no letter, digit or line break, got ";;"',
    ],
    [{ delimiter: '' }, 'csv: delimiter must be one ASCII character that is no letter, digit or line break, got ""'],
    [{ delimiter: 'é' }, 'csv: delimiter must be one ASCII character that is no letter, digit or line break, got "é"'],
    [{ quote: '\n' }, 'csv: quote must be one ASCII character that is no letter, digit or line break, got "\\n"'],
    [{ quote: '1' }, 'csv: quote must be one ASCII character that is no letter, digit or line break, got "1"'],
    [{ delimiter: '|', quote: '|' }, 'csv: delimiter and quote must differ'],
    [{ maxCellBytes: 0 }, 'csv: maxCellBytes must be an integer >= 1, got 0'],
  ])('refuse %j', (options, message) => {
    expect(() => parse('a\n1\n', options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', message }));
  });

  it('refuse an unknown name with the nearest one', () => {
    expect(() => parse('a\n1\n', { delimeter: ';' } as CsvOptions)).toThrow(
      expect.objectContaining({
        code: 'OPTION_UNKNOWN',
        message: 'csv: there is no option delimeter; did you mean delimiter?',
      }),
    );
  });
});
