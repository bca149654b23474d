// Views over made events, and each feature computed the slow and obvious way, label by label.
import fc from 'fast-check';
import type { RowData } from '../../src/core/cell.js';
import { defineView } from '../../src/features/define-view.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';

export const DAY = 86_400_000;
export const START = Date.UTC(2026, 0, 1);

/** One event; times are in eighths of a day, so that many fall on the boundaries of windows. */
export interface Event {
  readonly who: string | null;
  readonly eighths: number;
  readonly action: string | null;
  readonly amount: number | null;
  readonly paid: boolean | null;
}

export interface LabelRow {
  readonly who: string;
  readonly eighths: number;
}

export const view = defineView({
  entity: 'who',
  sources: { people: { key: 'id' }, actions: { time: 'at' } },
  features: {
    plan: { from: 'people', column: 'plan', type: 'string' },
    all: { from: 'actions', take: 'count' },
    count3d: { from: 'actions', take: 'count', days: 3 },
    logins2d: { from: 'actions', take: 'count', days: 2, where: { action: 'a' } },
    either: { from: 'actions', take: 'count', days: 5, where: { action: ['a', 'b'], paid: true } },
    sum3d: { from: 'actions', take: 'sum', column: 'amount', days: 3 },
    sumPaid: { from: 'actions', take: 'sum', column: 'amount', where: { paid: true } },
    mean2d: { from: 'actions', take: 'mean', column: 'amount', days: 2 },
    last: { from: 'actions', take: 'last', column: 'action', type: 'string' },
    lastPaid1d: { from: 'actions', take: 'last', column: 'amount', type: 'number', days: 1, where: { paid: true } },
    lastAt: { from: 'actions', take: 'last', column: 'at', type: 'datetime' },
    kinds4d: { from: 'actions', take: 'distinct', column: 'action', days: 4 },
    amounts: { from: 'actions', take: 'distinct', column: 'amount', days: 2.5, where: { action: 'a' } },
    days3d: { from: 'actions', take: 'activeDays', days: 3 },
    halves: { from: 'actions', take: 'count', where: { amount: [0.5, -1, 3], paid: [false, true] } },
  },
});

const PEOPLE = ['ann', 'bob', 'cem', 'dee'];

/** Amounts whose sums are exact in any order. */
const exactAmount = fc.integer({ min: -40, max: 40 }).map((n) => n / 8);

export function eventsOf(amount: fc.Arbitrary<number>): fc.Arbitrary<Event[]> {
  return fc.array(
    fc.record({
      who: fc.option(fc.constantFrom(...PEOPLE, 'nobody'), { freq: 12 }),
      eighths: fc.integer({ min: 0, max: 80 }),
      action: fc.option(fc.constantFrom('a', 'b', 'c')),
      amount: fc.option(amount),
      paid: fc.option(fc.boolean()),
    }),
    { maxLength: 120 },
  );
}

export const someEvents = eventsOf(exactAmount);

export const someLabels: fc.Arbitrary<LabelRow[]> = fc.array(
  fc.record({ who: fc.constantFrom(...PEOPLE), eighths: fc.integer({ min: 0, max: 90 }) }),
  { minLength: 1, maxLength: 30 },
);

export function instant(eighths: number): number {
  return START + (eighths * DAY) / 8;
}

export function strings(cells: readonly (string | null)[]): DictionaryColumn {
  const values = [...new Set(cells.filter((cell) => cell !== null))];
  return new DictionaryColumn(
    Int32Array.from(cells, (cell) => (cell === null ? -1 : values.indexOf(cell))),
    values,
  );
}

export function labelTable(labels: readonly LabelRow[]) {
  return makeTable([
    ['who', strings(labels.map(({ who }) => who))],
    ['asOf', new DateColumn(Float64Array.from(labels, ({ eighths }) => instant(eighths)))],
    ['won', Float64Array.from(labels, (_, row) => row % 2)],
  ]);
}

/** Bob is not among the people; cem has no plan. */
const PLANS = [
  ['ann', 'pro'],
  ['cem', null],
  ['dee', 'free'],
  ['eve', 'pro'],
] as const;

export function sourceTables(events: readonly Event[]) {
  const people = makeTable([
    ['id', strings(PLANS.map(([id]) => id))],
    ['plan', strings(PLANS.map(([, plan]) => plan))],
  ]);
  const actions = makeTable([
    ['who', strings(events.map(({ who }) => who))],
    ['at', new DateColumn(Float64Array.from(events, ({ eighths }) => instant(eighths)))],
    ['action', strings(events.map(({ action }) => action))],
    ['amount', Float64Array.from(events, ({ amount }) => amount ?? Number.NaN)],
    ['paid', new BooleanColumn(Int8Array.from(events, ({ paid }) => (paid === null ? -1 : Number(paid))))],
  ]);
  return { people, actions };
}

/** What the row path is given for a label. */
export function onlineInput(events: readonly Event[], { who }: LabelRow): [RowData[], RowData | undefined] {
  const own = events.filter((event) => event.who === who);
  const plan = PLANS.find(([id]) => id === who);
  return [
    own.map(({ eighths, action, amount, paid }) => ({ at: new Date(instant(eighths)), action, amount, paid })),
    plan && { plan: plan[1] },
  ];
}

/** The features of a label by a scan of all events. */
export function naiveFeatures(events: readonly Event[], { who, eighths }: LabelRow): Record<string, unknown> {
  const past = events.filter((event) => event.who === who && event.eighths < eighths);
  const within = (days: number) => past.filter((event) => event.eighths >= eighths - days * 8);
  const present = (of: readonly Event[]) => of.flatMap(({ amount }) => (amount === null ? [] : [amount]));
  const sum = (of: readonly Event[]) => present(of).reduce((a, b) => a + b, 0);
  const latest = (of: readonly Event[]) =>
    of.reduce<Event | undefined>((a, b) => (a && a.eighths > b.eighths ? a : b), undefined);
  const lastAt = latest(past)?.eighths;
  return {
    plan: PLANS.find(([id]) => id === who)?.[1] ?? null,
    all: past.length,
    count3d: within(3).length,
    logins2d: within(2).filter(({ action }) => action === 'a').length,
    either: within(5).filter(({ action, paid }) => (action === 'a' || action === 'b') && paid === true).length,
    sum3d: sum(within(3)),
    sumPaid: sum(past.filter(({ paid }) => paid === true)),
    mean2d: present(within(2)).length === 0 ? null : sum(within(2)) / present(within(2)).length,
    last: latest(past)?.action ?? null,
    lastPaid1d: latest(within(1).filter(({ paid }) => paid === true))?.amount ?? null,
    lastAt: lastAt === undefined ? null : new Date(instant(lastAt)),
    kinds4d: new Set(within(4).flatMap(({ action }) => action ?? [])).size,
    amounts: new Set(present(within(2.5).filter(({ action }) => action === 'a'))).size,
    days3d: new Set(within(3).map((event) => Math.floor(event.eighths / 8))).size,
    halves: past.filter(({ amount, paid }) => amount !== null && [0.5, -1, 3].includes(amount) && paid !== null).length,
  };
}
