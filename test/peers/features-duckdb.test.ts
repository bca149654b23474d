// Training sets beside DuckDB's ASOF join and window aggregates, on events and labels that often fall on one time.
import type { ColumnTable } from 'arquero';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { buildTrainingSet } from '../../src/features/build-training-set.js';
import { defineView } from '../../src/features/define-view.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { hasPython, runPython } from './run-python.js';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);
const N_HOURS = 60 * 24;
const ACTIONS = ['login', 'export', 'invite'];

interface EventRow {
  readonly who: string;
  readonly time: number;
  readonly action: string | null;
  readonly amount: number | null;
  readonly paid: boolean;
}

const week = { from: 'events', days: 7 } as const;
const paidMonth = { from: 'events', days: 30, where: { paid: true } } as const;
const view = defineView({
  entity: 'who',
  sources: { events: { time: 'time' } },
  features: {
    'last action': { from: 'events', take: 'last', column: 'action', type: 'string' },
    'last amount': { from: 'events', take: 'last', column: 'amount', type: 'number' },
    'last time': { from: 'events', take: 'last', column: 'time', type: 'datetime' },
    'lastLogin amount': { from: 'events', take: 'last', column: 'amount', type: 'number', where: { action: 'login' } },
    'lastLogin time': { from: 'events', take: 'last', column: 'time', type: 'datetime', where: { action: 'login' } },
    'week count': { ...week, take: 'count' },
    'week sum': { ...week, take: 'sum', column: 'amount' },
    'week mean': { ...week, take: 'mean', column: 'amount' },
    'week kinds': { ...week, take: 'distinct', column: 'action' },
    'week days': { ...week, take: 'activeDays' },
    'paidMonth count': { ...paidMonth, take: 'count' },
    'paidMonth sum': { ...paidMonth, take: 'sum', column: 'amount' },
    'paidMonth mean': { ...paidMonth, take: 'mean', column: 'amount' },
    'paidMonth kinds': { ...paidMonth, take: 'distinct', column: 'action' },
    'paidMonth days': { ...paidMonth, take: 'activeDays' },
  },
});

/** Whole hours, so that labels meet events to the millisecond; no two events of an entity at one time, where ASOF may pick either. */
function madeRows() {
  const random = createRandom(3);
  const events: EventRow[] = [];
  for (let who = 0; who < 150; who++) {
    const hours = random
      .shuffle(Uint32Array.from({ length: N_HOURS }, (_, hour) => hour))
      .slice(0, random.integer(120));
    for (const hour of hours) {
      events.push({
        who: `p${who}`,
        time: START + hour * HOUR,
        action: ACTIONS[random.integer(4)] ?? null,
        amount: random.next() < 0.2 ? null : random.normal() * 100,
        paid: random.next() < 0.5,
      });
    }
  }
  const labels = Array.from({ length: 3000 }, (_, row) => ({
    row,
    who: `p${random.integer(160)}`,
    time: START + random.integer(N_HOURS + 48) * HOUR,
  }));
  const order = random.shuffle(Uint32Array.from(events, (_, position) => position));
  return { events: Array.from(order, (position) => events[position] as EventRow), labels };
}

function strings(cells: readonly (string | null)[]): DictionaryColumn {
  const values = [...new Set(cells.filter((cell) => cell !== null))];
  return new DictionaryColumn(
    Int32Array.from(cells, (cell) => (cell === null ? -1 : values.indexOf(cell))),
    values,
  );
}

async function ours({ events, labels }: ReturnType<typeof madeRows>): Promise<ColumnTable> {
  const eventTable = makeTable([
    ['who', strings(events.map(({ who }) => who))],
    ['time', new DateColumn(Float64Array.from(events, ({ time }) => time))],
    ['action', strings(events.map(({ action }) => action))],
    ['amount', Float64Array.from(events, ({ amount }) => amount ?? Number.NaN)],
    ['paid', new BooleanColumn(Int8Array.from(events, ({ paid }) => Number(paid)))],
  ]);
  const table = makeTable([
    ['who', strings(labels.map(({ who }) => who))],
    ['asOf', new DateColumn(Float64Array.from(labels, ({ time }) => time))],
    ['won', new Float64Array(labels.length)],
  ]);
  return buildTrainingSet(view, { table, time: 'asOf', label: 'won' }, { events: eventTable });
}

describe.skipIf(!hasPython)('point-in-time features (needs DuckDB: npm run test:peers)', () => {
  let set: ColumnTable;
  let duckdb: Record<string, Record<string, unknown>[]>;
  beforeAll(async () => {
    const rows = madeRows();
    set = await ours(rows);
    duckdb = runPython('features_duckdb.py', rows) as typeof duckdb;
  });

  test.each(view.features.map(({ name }) => name))('are DuckDB’s: %s', (name) => {
    const [query = '', column = ''] = name.split(' ');
    const theirs = (duckdb[query] ?? []).map((row) => row[column]);
    const found = Array.from(set.array(name), (cell) => (cell instanceof Date ? cell.getTime() : cell));
    expect(found.length).toBe(theirs.length);
    expect(theirs.some((cell) => cell !== null && cell !== 0)).toBe(true);
    for (const [row, cell] of theirs.entries()) {
      // DuckDB's sums are rounded at every step.
      if (typeof cell === 'number') expect(found[row], `row ${row}`).toBeCloseTo(cell, 8);
      else expect(Number.isNaN(found[row]) ? null : found[row], `row ${row}`).toBe(cell);
    }
  });
});
