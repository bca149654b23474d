// The profile of small tables made for one question each: types, hostile values, redaction, and the same result on threads.
import { afterAll, describe, expect, test } from 'vitest';
import type { DataLoader } from '../../src/core/data-loader.js';
import type { ColumnProfile } from '../../src/eda/column-profile-types.js';
import { compareProfiles } from '../../src/eda/compare-profiles.js';
import { profile } from '../../src/eda/profile.js';
import { closeProfileThreads } from '../../src/eda/profile-crew.js';
import type { ProfileOptions } from '../../src/eda/profile-options.js';
import type { Profile } from '../../src/eda/profile-types.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import type { Column } from '../../src/table/column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';

afterAll(closeProfileThreads);

function strings(values: readonly (string | null)[]): DictionaryColumn {
  const levels = [...new Set(values.filter((value) => value !== null))];
  return new DictionaryColumn(
    Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value))),
    levels,
  );
}

function profileOf(columns: Readonly<Record<string, Column>>, options?: ProfileOptions): Promise<Profile> {
  return profile(makeTable(Object.entries(columns)), options);
}

function column(found: Profile, name: string): ColumnProfile {
  return found.columns.find((one) => one.name === name) as ColumnProfile;
}

/** A table with one column of each kind, some cells missing. */
function mixedTable(nRows: number): Record<string, Column> {
  const rows = Array.from({ length: nRows }, (_, i) => i);
  return {
    number: Float64Array.from(rows, (i) => (i % 11 === 3 ? Number.NaN : Math.sin(i) * 1000)),
    count: Float64Array.from(rows, (i) => (i * i) % 97),
    flag: Float64Array.from(rows, (i) => i % 2),
    level: strings(rows.map((i) => (i % 13 === 0 ? null : `level ${i % 8}`))),
    text: strings(rows.map((i) => `row ${i} of a text`)),
    yes: new BooleanColumn(Int8Array.from(rows, (i) => (i % 7 === 0 ? -1 : i % 3 === 0 ? 1 : 0))),
    day: new DateColumn(Float64Array.from(rows, (i) => Date.UTC(2024, 0, 1) + i * 86_400_000)),
  };
}

/** All that does not depend on when and where the profile was made. */
function content({ reproduction: _, ...rest }: Profile): unknown {
  return rest;
}

describe('types', () => {
  test('are what a reader takes a column for', async () => {
    const found = await profileOf(mixedTable(300));
    const types = Object.fromEntries(found.columns.map(({ name, type }) => [name, type]));
    expect(types).toEqual({
      number: 'numeric',
      count: 'numeric',
      flag: 'boolean',
      level: 'categorical',
      text: 'text',
      yes: 'boolean',
      day: 'datetime',
    });
    const minimal = await profileOf(mixedTable(300), { minimal: true });
    expect(Object.fromEntries(minimal.columns.map(({ name, type }) => [name, type]))).toEqual(types);
  });

  test('of integers make bins of whole integers', async () => {
    const ages = Float64Array.from({ length: 5000 }, (_, i) => 17 + (i % 73));
    const { histogram } = column(await profileOf({ age: ages }), 'age');
    const widths = histogram?.edges.slice(1).map((edge, i) => edge - (histogram.edges[i] as number));
    expect(new Set(widths)).toEqual(new Set([2]));
    expect(histogram?.edges[0]).toBe(16.5);
    expect(histogram?.counts.reduce((a, b) => a + b, 0)).toBe(5000);
  });

  test('with a value of most rows show it apart', async () => {
    const gains = Float64Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 1000 + i : 0));
    const { histogram } = column(await profileOf({ gain: gains }), 'gain');
    expect(histogram?.spike).toEqual({ value: 0, count: 900 });
    expect(histogram?.edges[0]).toBe(999.5);
    expect(histogram?.counts.reduce((a, b) => a + b, 0)).toBe(100);
  });

  test('that no column can have are said to be so, and are no error', async () => {
    const { table } = await import('arquero');
    const found = await profile(table({ odd: [1, 'a', null, { x: 1 }], fine: [1, 2, 3, 4] }));
    expect(column(found, 'odd').type).toBe('unsupported');
    expect(column(found, 'odd').missing.count).toBe(1);
    expect(found.alerts.some(({ kind, column: name }) => kind === 'unsupported' && name === 'odd')).toBe(true);
  });
});

describe('hostile tables', () => {
  test('may have no rows, one row, or no value', async () => {
    for (const nRows of [0, 1, 2]) {
      const found = await profileOf({ ...mixedTable(nRows), none: new Float64Array(nRows).fill(Number.NaN) });
      expect(found.overview.nRows).toBe(nRows);
      expect(column(found, 'none').type).toBe('empty');
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }
  });

  test('may have numbers at the ends of doubles: what overflows is null', async () => {
    const values = Float64Array.from([1e308, -1e308, -0, 0, 1e308, 5e-324, 1.5, 2, 3, 4, 5, 6]);
    const infinite = values.map((value, i) => (i === 3 ? Number.POSITIVE_INFINITY : value));
    const found = await profileOf({ values, infinite });
    const { numeric } = column(found, 'values');
    expect([numeric?.minimum, numeric?.maximum, numeric?.range]).toEqual([-1e308, 1e308, null]);
    expect(numeric?.variance).toBeNull();
    expect(numeric?.zeros.count).toBe(2);
    expect(numeric?.mean).toBeCloseTo(1e308 / 12, -295);
    expect(column(found, 'infinite').numeric?.infinite.count).toBe(1);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test('may have a value of five megabytes: what is shown of it is short', async () => {
    const found = await profileOf({ big: strings(['x'.repeat(5_000_000), 'y', '']) });
    expect(column(found, 'big').text?.maxLength).toBe(5_000_000);
    expect(JSON.stringify(found).length).toBeLessThan(50_000);
  });

  test('may have bidirectional text and emoji, which count as characters', async () => {
    const { text } = column(await profileOf({ odd: strings(['👩‍👧 ok', '\u202eevil', '<script>', 'שלום']) }), 'odd');
    expect(text?.nControls).toBe(1);
    expect([text?.minLength, text?.maxLength]).toEqual([4, 8]);
    expect(text?.scripts.map(({ name }) => name)).toContain('Hebrew');
  });

  test('may have 10,000 columns', async () => {
    const columns = Array.from({ length: 10_000 }, (_, i) => [`c${i}`, Float64Array.from([i, i + 1, i % 7])] as const);
    const found = await profileOf(Object.fromEntries(columns), { associationColumns: 20 });
    expect(found.columns.length).toBe(10_000);
    for (const { columns: names } of found.associations.matrices) expect(names.length).toBeLessThanOrEqual(20);
  });
});

describe('threads', () => {
  test('change nothing, nor do batches', async () => {
    const columns = mixedTable(3000);
    const whole = makeTable(Object.entries(columns));
    const batches: DataLoader = {
      load: async () => ({ data: whole }),
      async *batches() {
        for (let from = 0; from < 3000; from += 700) yield whole.slice(from, from + 700);
      },
    };
    const options = { seed: 3, exactRows: 1000, sampleRows: 500, target: 'flag' };
    const alone = await profile(batches, options);
    expect(alone.reproduction.nThreads).toBe(0);
    for (const numThreads of [1, 2]) {
      const found = await profile(batches, { ...options, numThreads });
      expect(found.reproduction.nThreads).toBe(numThreads);
      expect(content(found)).toEqual(content(alone));
    }
  });

  test('leave the caller’s table alone', async () => {
    const columns = mixedTable(500);
    const before = structuredClone(columns.number);
    await profileOf(columns, { numThreads: 1 });
    expect(columns.number).toEqual(before);
  });
});

describe('sketches', () => {
  test('take over past exactRows and say how exact they are', async () => {
    const n = 60_000;
    const values = Float64Array.from({ length: n }, (_, i) => ((i * 7919) % n) + 0.5);
    const found = column(await profileOf({ values }, { exactRows: 1000 }), 'values');
    expect(found.distinct.isExact).toBe(false);
    expect(Math.abs(found.distinct.count - n) / n).toBeLessThanOrEqual(4 * found.distinct.relativeError);
    const { quantiles } = found.numeric ?? {};
    expect(Math.abs((quantiles?.q50 ?? 0) / n - 0.5)).toBeLessThanOrEqual(quantiles?.rankError ?? 0);
    expect(found.histogram?.counts.reduce((a, b) => a + b, 0)).toBe(n);
    expect(found.numeric?.smallest[0]).toMatchObject({ value: 0.5, count: 1 });
  });
});

describe('redaction', () => {
  test('leaves no cell of the table in the JSON', async () => {
    const n = 200;
    const canaries = Array.from({ length: n }, (_, i) => i);
    const found = await profileOf(
      {
        name: strings(canaries.map((i) => `Canary${i % 40}`)),
        note: strings(canaries.map((i) => `Secretword${i} said so`)),
        amount: Float64Array.from(canaries, (i) => 7_000_000.125 + i * 31.5),
        born: new DateColumn(Float64Array.from(canaries, (i) => Date.UTC(1987, 4, 3, 2, 1) + i * 9_876_543)),
        one: Float64Array.from(canaries, () => 4_815_162_342),
        rare: Float64Array.from(canaries, (i) => (i === 5 ? 98_765_432.1 : Number.NaN)),
        sold: strings(canaries.map((i) => (i % 3 ? 'Guilty' : 'Innocent'))),
      },
      { redact: true, target: 'sold', positive: 'Guilty', timeSeries: true },
    );
    const text = JSON.stringify(found);
    expect(found.isRedacted).toBe(true);
    expect(text).not.toMatch(/Canary|ecretword|Guilty|Innocent|1987|4815162342|98765432/i);
    for (const i of canaries) expect(text).not.toContain(String(7_000_000.125 + i * 31.5));
    expect(column(found, 'amount').histogram?.counts.length).toBeGreaterThan(1);
  });
});

describe('a target', () => {
  test('has rates with intervals for each column, and an alert for what tells it alone', async () => {
    const n = 2000;
    const rows = Array.from({ length: n }, (_, i) => i);
    const target = rows.map((i) => Number((i * 37) % 100 < 30));
    const found = await profileOf(
      {
        bought: Float64Array.from(target),
        leak: Float64Array.from(target, (value, i) => value * 100 + (i % 10)),
        noise: Float64Array.from(rows, (i) => (i * 7919) % 1009),
      },
      { target: 'bought' },
    );
    expect(found.target?.ranking[0]?.column).toBe('leak');
    expect(column(found, 'leak').target?.auc).toBe(1);
    expect(column(found, 'noise').target?.auc).toBeLessThan(0.6);
    expect(found.alerts[0]).toMatchObject({ kind: 'leakage', column: 'leak' });
    for (const { rate, low, high } of column(found, 'noise').target?.groups ?? []) {
      expect(low).toBeLessThanOrEqual(rate as number);
      expect(high).toBeGreaterThanOrEqual(rate as number);
    }
    expect(found.features?.spec.ignored?.map(({ name }) => name)).toEqual(['leak']);
    expect(found.features?.source).toContain('target: { column: "bought", task: "binary", positive: 1 }');
  });

  test('must be there', async () => {
    await expect(profileOf(mixedTable(30), { target: 'gone' })).rejects.toMatchObject({ code: 'COLUMN_MISSING' });
    await expect(profileOf(mixedTable(30), { target: 'day' })).rejects.toMatchObject({ code: 'TARGET_INVALID' });
  });
});

test('a comparison lays profiles over each other and says what changed', async () => {
  const train = await profileOf(mixedTable(400));
  const columns = mixedTable(400);
  const moved = { ...columns, number: Float64Array.from({ length: 400 }, (_, i) => i * 10) };
  const { columns: compared, names } = compareProfiles({ train, current: await profileOf(moved) });
  expect(names).toEqual(['train', 'current']);
  const number = compared.find(({ name }) => name === 'number');
  expect(number?.changes).toEqual(['missing', 'range']);
  for (const shares of number?.overlay?.shares ?? []) expect(shares?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  expect(compared.find(({ name }) => name === 'count')?.changes).toEqual([]);
});

test('an aborted profile is cancelled', async () => {
  await expect(profileOf(mixedTable(50), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
});
