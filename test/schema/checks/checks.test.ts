import type { ColumnTable } from 'arquero';
import { table as arqueroTable } from 'arquero';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChecksDefinition, ColumnCheck } from '../../../src/schema/checks/check-options.js';
import { checks } from '../../../src/schema/checks/checks.js';
import type { BooleanColumn } from '../../../src/table/boolean-column.js';
import { readColumn } from '../../../src/table/read-column.js';

const now = new Date('2026-03-01T00:00:00Z');

const people: ColumnTable = arqueroTable({
  id: ['p1', 'p2', 'p2', 'q4', null],
  age: [31, -1, 200, null, 40.5],
  plan: ['free', 'pro', 'gold', null, 'pro'],
  paid: [true, false, null, true, true],
  start: ['2026-01-01', '2026-01-02', '2026-01-03', null, '2026-02-20'].map((day) => day && new Date(day)),
});

const found = (definition: ChecksDefinition, table = people) =>
  checks(definition)
    .run(table, { now })
    .failures.map(({ column, rule, kind, count, rows }) => [column, rule, kind, count, rows]);

describe('a rule of one column', () => {
  const cases: [string, ColumnCheck, unknown[]][] = [
    ['id', { nullable: false }, ['is required', 'null', 1, [4]]],
    ['age', { type: 'integer' }, ['must be an integer', 'number', 1, [4]]],
    ['plan', { type: 'number' }, ['must be a finite number', 'string', 4, [0, 1, 2, 4]]],
    ['age', { type: 'string' }, ['must be a string', 'number', 4, [0, 1, 2, 4]]],
    ['age', { type: 'boolean' }, ['must be true or false', 'number', 4, [0, 1, 2, 4]]],
    ['paid', { type: 'datetime' }, ['must be an ISO 8601 date or date-time', 'boolean', 4, [0, 1, 3, 4]]],
    ['age', { min: 0 }, ['must be >= 0', 'number', 1, [1]]],
    ['age', { max: 120 }, ['must be <= 120', 'number', 1, [2]]],
    ['age', { exclusiveMin: 31 }, ['must be > 31', 'number', 2, [0, 1]]],
    ['age', { exclusiveMax: 40.5 }, ['must be < 40.5', 'number', 2, [2, 4]]],
    ['start', { earliest: '2026-01-02' }, ['must be at or after 2026-01-02', 'date', 1, [0]]],
    ['start', { latest: '2026-01-03' }, ['must be at or before 2026-01-03', 'date', 1, [4]]],
    ['id', { pattern: '^p\\d+$' }, ['must match the declared pattern', 'string', 1, [3]]],
    ['plan', { minLength: 4 }, ['must have at least 4 characters', 'string', 2, [1, 4]]],
    ['plan', { maxLength: 3 }, ['must have at most 3 characters', 'string', 2, [0, 2]]],
    ['plan', { levels: ['free', 'pro'] }, ['must be one of the 2 declared values', 'string', 1, [2]]],
    ['age', { levels: [31, 200] }, ['must be one of the 2 declared values', 'number', 2, [1, 4]]],
    ['paid', { levels: [true] }, ['must be one of the 1 declared values', 'boolean', 1, [1]]],
    ['start', { levels: ['2026-01-01'] }, ['must be one of the 1 declared values', 'date', 4, [0, 1, 2, 4]]],
    ['id', { unique: true }, ['must be unique', 'string', 1, [2]]],
    ['age', { maxMissing: 0.1 }, ['share of missing cells must be <= 0.1', 'number', 0, []]],
    ['age', { mean: { max: 60 } }, ['mean must be <= 60', 'number', 0, []]],
    ['age', { sd: { min: 100 } }, ['standard deviation must be >= 100', 'number', 0, []]],
    ['age', { quantiles: { 0.5: { min: 10, max: 20 } } }, ['quantile 0.5 must be in [10, 20]', 'number', 0, []]],
    ['start', { newestDays: 8 }, ['newest date must be at most 8 days old', 'number', 0, []]],
  ];

  test.each(cases)('%s %j is reported with count and rows', (name, check, failure) => {
    expect(found({ columns: { [name]: check } })).toEqual([[name, ...failure]]);
  });

  test.each([
    ['age', { min: -1, max: 200, maxMissing: 0.2, unique: true, type: 'number' }],
    [
      'age',
      {
        mean: { min: 67.625, max: 67.625 },
        quantiles: { 0: { min: -1 }, 0.5: { min: 35.75, max: 35.75 }, 1: { max: 200 } },
      },
    ],
    ['plan', { levels: ['free', 'pro', 'gold'], minLength: 3, maxLength: 4, type: 'string' }],
    ['paid', { type: 'boolean', levels: [true, false] }],
    [
      'start',
      { type: 'datetime', earliest: '2026-01-01', latest: '2026-02-20T00:00:00Z', newestDays: 9, unique: true },
    ],
    ['gone', { optional: true, nullable: false, mean: { min: 0 } }],
  ] as [string, ColumnCheck][])('%s %j is kept', (name, check) => {
    expect(found({ columns: { [name]: check } })).toEqual([]);
  });

  test('marks the rows that a cell by cell look finds', () => {
    const cell = fc.option(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.5, Number.POSITIVE_INFINITY)));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const table = arqueroTable({ x: Float64Array.from(cells, (value) => value ?? Number.NaN) });
        const check = { min: -5, exclusiveMax: 7, levels: [-6, 0, 1, 2, 8], unique: true, nullable: false };
        const { table: kept, nDropped } = checks({ columns: { x: check } }).dropInvalid(table);
        const valid = cells.filter(
          (value, row) =>
            value !== null && value >= -5 && value < 7 && check.levels.includes(value) && cells.indexOf(value) === row,
        );
        expect([...kept.array('x')]).toEqual(valid);
        expect(nDropped).toBe(cells.length - valid.length);
      }),
    );
  });
});

describe('a rule of several columns', () => {
  test('is asked row by row with missing as null, or over whole columns', () => {
    const rules: ChecksDefinition['rules'] = {
      'must be grown up to pay': {
        columns: ['age', 'paid'],
        row: ({ age, paid }) => paid !== true || Number(age) >= 31,
      },
      'must have an age': { columns: ['age'], row: ({ age }) => age !== null },
      'must be paid by three': {
        columns: ['paid'],
        table: ({ paid }) => (paid as BooleanColumn).codes.filter((code) => code === 1).length === 4,
      },
      'must have a flag': {
        columns: ['paid'],
        table: ({ paid }) => (paid as BooleanColumn).codes.map((code) => Number(code >= 0)),
      },
    };
    expect(found({ rules })).toEqual([
      ['age, paid', 'must be grown up to pay', 'row', 1, [3]],
      ['age', 'must have an age', 'null', 1, [3]],
      ['paid', 'must be paid by three', 'table', 0, []],
      ['paid', 'must have a flag', 'null', 1, [2]],
    ]);
  });

  test('finds rows that are there twice, but for those with a missing cell', () => {
    const table = arqueroTable({
      a: ['x', 'x', 'x', null, null],
      b: [1, 2, 1, 1, 1],
      c: [true, true, true, true, true],
    });
    expect(found({ unique: [{ columns: ['a', 'b', 'c'] }] }, table)).toEqual([
      ['a, b, c', 'must be unique', 'row', 1, [2]],
    ]);
  });

  test('that throws, or gives another number of rows, is named', () => {
    const run = (rule: object) => () => checks({ rules: { mine: { columns: ['age'], ...rule } } }).run(people);
    const broken = () => {
      throw new Error('secret 31');
    };
    expect(run({ row: broken })).toThrow('checks: rule "mine" threw in row 0');
    expect(run({ table: broken })).toThrow('checks: rule "mine" threw');
    expect(run({ table: () => [true] })).toThrow('checks: rule "mine" must give 5 rows, got 1');
  });
});

describe('a report', () => {
  const definition: ChecksDefinition = {
    columns: { age: [{ min: 0 }, { max: 120, severity: 'warn' }], plan: { levels: ['free', 'pro'] }, town: {} },
    rows: { max: 4, severity: 'warn' },
  };

  test('has every failure with its severity, and the errors in its message without a value', () => {
    const report = checks(definition).run(people);
    expect(report).toMatchObject({ ok: false, nRows: 5 });
    expect(report.failures.map(({ column, severity, observed }) => [column, severity, observed])).toEqual([
      ['town', 'error', undefined],
      ['age', 'error', undefined],
      ['age', 'warn', undefined],
      ['plan', 'error', undefined],
      ['', 'warn', 5],
    ]);
    expect(() => report.throwIfErrors('people.csv')).toThrow(
      'people.csv: town is not a column of the table; age must be >= 0, got number (row 1); plan must be one of the 2 declared values, got string (row 2)',
    );
  });

  test('with warnings alone is ok and throws nothing', () => {
    const report = checks({ columns: { age: { min: 0, severity: 'warn' } } }).run(people);
    expect(report.ok).toBe(true);
    expect(report.failures).toHaveLength(1);
    report.throwIfErrors();
  });

  test('is of the rows as they are filtered and sorted', () => {
    const some = people.filter((row: { age: number }) => row.age > 100);
    expect(found({ columns: { age: { max: 120 } } }, some)).toEqual([['age', 'must be <= 120', 'number', 1, [0]]]);
  });
});

describe('dropping invalid rows', () => {
  test('keeps the others, says what each rule dropped, and asks the kept rows about the whole', () => {
    const kept = checks({
      columns: {
        age: [
          { min: 0, mean: { min: 35, max: 36 } },
          { max: 40, severity: 'warn' },
        ],
        plan: { levels: ['free', 'pro'] },
      },
      rules: { 'must be paid': { columns: ['paid'], row: ({ paid }) => paid === true } },
      rows: { min: 4 },
    }).dropInvalid(people);
    expect(readColumn(kept.table, 'age')).toEqual(Float64Array.of(31, Number.NaN, 40.5));
    expect(kept.nDropped).toBe(2);
    expect(kept.dropped).toEqual([
      { column: 'age', rule: 'must be >= 0', count: 1 },
      { column: 'plan', rule: 'must be one of the 2 declared values', count: 1 },
      { column: 'paid', rule: 'must be paid', count: 2 },
    ]);
    expect(kept.report.failures.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['must be <= 40', 'warn'],
      ['number of rows must be >= 4', 'error'],
    ]);
  });

  test('that finds none gives the table itself', () => {
    expect(checks({ columns: { age: { min: -5 } } }).dropInvalid(people).table).toBe(people);
  });
});

describe('checks are refused', () => {
  test.each([
    [{ columns: { age: { mni: 0 } } }, 'checks: column age: there is no option mni; did you mean min?'],
    [{ columns: { age: { pattern: '(' } } }, 'checks: column age: pattern must be a regular expression'],
    [{ columns: { age: { earliest: 'soon' } } }, 'checks: column age: earliest and latest must be ISO 8601'],
    [{ columns: { age: { mean: {} } } }, 'checks: column age: bounds must have min, max or both'],
    [
      { columns: { age: { quantiles: { 2: { min: 1 } } } } },
      'checks: column age: quantiles must be named by shares in [0, 1]',
    ],
    [{ columns: { age: { levels: [] } } }, 'checks: column age: levels must be a list of values'],
    [{ unique: [{ columns: [] }] }, 'checks: unique must name columns'],
    [{ rules: { mine: { columns: ['a'] } } }, 'checks: rule "mine" must have either row or table'],
    [
      { rules: { mine: { columns: ['a'], row: () => true, severity: 'info' } } },
      'checks: rule "mine": severity must be one of error, warn',
    ],
    [{ rows: {} }, 'checks: rows: bounds must have min, max or both'],
  ])('%j', (definition, message) => {
    expect(() => checks(definition as ChecksDefinition)).toThrow(message);
  });
});
