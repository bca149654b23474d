import type { ColumnTable } from 'arquero';
import { desc } from 'arquero';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTrainingSet } from '../../src/features/build-training-set.js';
import { defineView } from '../../src/features/define-view.js';
import { DateColumn } from '../../src/table/date-column.js';
import { makeTable } from '../../src/table/make-table.js';
import {
  DAY,
  eventsOf,
  instant,
  type LabelRow,
  labelTable,
  naiveFeatures,
  onlineInput,
  START,
  someEvents,
  someLabels,
  sourceTables,
  strings,
  view,
} from './naive-features.js';

const asked = (labels: readonly LabelRow[]) => ({ table: labelTable(labels), time: 'asOf', label: 'won' });

/** The features of each row as a row object, NaN as null. */
function featureRows(set: ColumnTable): Record<string, unknown>[] {
  const names = view.features.map(({ name }) => name);
  const present = (cell: unknown) => (Number.isNaN(cell) ? null : cell);
  return Array.from({ length: set.numRows() }, (_, row) =>
    Object.fromEntries(names.map((name) => [name, present(set.column(name)?.at(row))])),
  );
}

describe('a training set', () => {
  test('holds for every label what a scan of all events before it finds', async () => {
    await fc.assert(
      fc.asyncProperty(someEvents, someLabels, async (events, labels) => {
        const set = await buildTrainingSet(view, asked(labels), sourceTables(events));
        expect(featureRows(set)).toEqual(labels.map((label) => naiveFeatures(events, label)));
      }),
    );
  });

  test('does not change when events at or after the labels change, come or go', async () => {
    await fc.assert(
      fc.asyncProperty(someEvents, someEvents, someLabels, async (events, others, labels) => {
        const first = Math.min(...labels.map(({ eighths }) => eighths));
        const past = events.filter(({ eighths }) => eighths < first);
        const future = others.filter(({ eighths }) => eighths >= first).map((event) => ({ ...event, eighths: 90 }));
        const atLabel = labels
          .slice(0, 1)
          .map(({ who }) => ({ who, eighths: first, action: 'a', amount: 1, paid: true }));
        const sameTime = labels.map((label) => ({ ...label, eighths: first }));
        const without = await buildTrainingSet(view, asked(sameTime), sourceTables(past));
        const withFuture = await buildTrainingSet(
          view,
          asked(sameTime),
          sourceTables([...atLabel, ...future, ...past]),
        );
        expect(featureRows(withFuture)).toEqual(featureRows(without));
      }),
    );
  });

  test('does not depend on the order of events at different times, nor of the labels', async () => {
    const distinctTimes = someEvents.map((events) =>
      events.filter((event, i) => events.findIndex(({ eighths }) => eighths === event.eighths) === i),
    );
    await fc.assert(
      fc.asyncProperty(distinctTimes, someLabels, async (events, labels) => {
        const set = await buildTrainingSet(view, asked(labels), sourceTables(events));
        const turned = await buildTrainingSet(view, asked([...labels].reverse()), sourceTables([...events].reverse()));
        expect(featureRows(turned).reverse()).toEqual(featureRows(set));
      }),
    );
  });

  test('has the bits of the row path, also for sums that are rounded', async () => {
    const rounded = fc.double({ min: -1e300, max: 1e300, noNaN: true });
    await fc.assert(
      fc.asyncProperty(eventsOf(rounded), someLabels, async (events, labels) => {
        const rows = featureRows(await buildTrainingSet(view, asked(labels), sourceTables(events)));
        for (const [row, label] of labels.entries()) {
          const [actions, people] = onlineInput(events, label);
          expect(view.online({ actions }, { people }, instant(label.eighths))).toEqual(rows[row]);
        }
      }),
    );
  });

  test('has the entity, the time, the features and the label, in that order, and no other column of the labels', async () => {
    const labels = asked([{ who: 'ann', eighths: 8 }]);
    const table = labels.table.assign(makeTable([['churnedLater', Float64Array.of(1)]]));
    const set = await buildTrainingSet(view, { ...labels, table }, sourceTables([]));
    expect(set.columnNames()).toEqual(['who', 'asOf', ...view.features.map(({ name }) => name), 'won']);
  });

  test('keeps the order of labels that are sorted or filtered views of a table', async () => {
    const { table, ...rest } = asked([
      { who: 'ann', eighths: 8 },
      { who: 'dee', eighths: 80 },
    ]);
    const set = await buildTrainingSet(view, { ...rest, table: table.orderby(desc('asOf')) }, sourceTables([]));
    expect(set.array('who')).toEqual(['dee', 'ann']);
  });

  test('orders many events of one entity by time, and those at one time by row', async () => {
    const n = 5000;
    const minutes = Array.from({ length: n }, (_, row) => Math.floor(((row * 7919) % n) / 10));
    const latestBefore = (minute: number) => {
      const time = Math.max(...minutes.filter((each) => each < minute));
      return minutes.lastIndexOf(time);
    };
    const events = makeTable([
      ['id', new Float64Array(n).fill(7)],
      ['at', new DateColumn(Float64Array.from(minutes, (minute) => START + minute * 60_000))],
      ['value', Float64Array.from(minutes, (_, row) => row)],
    ]);
    const labels = makeTable([
      ['id', Float64Array.of(7, 7)],
      ['asOf', new DateColumn(Float64Array.of(START + 100 * 60_000, START + 10 * DAY))],
      ['won', Float64Array.of(0, 1)],
    ]);
    const byNumber = defineView({
      entity: 'id',
      sources: { events: { time: 'at' } },
      features: {
        last: { from: 'events', take: 'last', column: 'value', type: 'number' },
        sum: { from: 'events', take: 'sum', column: 'value' },
      },
    });
    const set = await buildTrainingSet(byNumber, { table: labels, time: 'asOf', label: 'won' }, { events });
    expect([...set.array('last')]).toEqual([latestBefore(100), latestBefore(1000)]);
    expect(set.array('sum')[1]).toBe((n * (n - 1)) / 2);
  });
});

describe('a training set is refused', () => {
  const labels = asked([{ who: 'ann', eighths: 8 }]);
  const tables = sourceTables([]);
  const building = (change: Partial<typeof labels>, sources: Partial<typeof tables> = {}) =>
    buildTrainingSet(view, { ...labels, ...change }, { ...tables, ...sources });

  test('where the attributes have an entity twice', async () => {
    const people = makeTable([
      ['id', strings(['ann', 'ann'])],
      ['plan', strings(['pro', 'free'])],
    ]);
    await expect(building({}, { people })).rejects.toMatchObject({
      code: 'COLUMN_INVALID',
      message: 'view: people: id must have one row an entity, two are rows 0 and 1',
    });
  });

  test('where an event has no time', async () => {
    const actions = sourceTables([{ who: 'ann', eighths: Number.NaN, action: 'a', amount: 1, paid: null }]).actions;
    await expect(building({}, { actions })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test('where a label has no entity, or keys are of two kinds', async () => {
    const nobody = makeTable([
      ['who', strings([null, 'ann'])],
      ['asOf', new DateColumn(Float64Array.of(START, START))],
      ['won', Float64Array.of(1, 0)],
    ]);
    await expect(building({ table: nobody })).rejects.toMatchObject({
      message: 'labels: who must not be missing, got null in row 0',
    });
    const people = makeTable([
      ['id', Float64Array.of(1)],
      ['plan', strings(['pro'])],
    ]);
    await expect(building({}, { people })).rejects.toMatchObject({
      message: 'view: people: id must hold strings, as the entity column of the labels does',
    });
  });

  test('where a table is not given, or there are no labels, or it was cancelled', async () => {
    const some = { people: tables.people } as typeof tables;
    await expect(buildTrainingSet(view, labels, some)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: 'view: table actions must be given',
    });
    await expect(building({ table: labelTable([]) })).rejects.toMatchObject({ code: 'DATA_EMPTY' });
    const signal = AbortSignal.abort();
    await expect(buildTrainingSet(view, labels, tables, { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('where a feature is named like a column of the labels', async () => {
    const table = labels.table.rename({ won: 'plan' });
    await expect(building({ table, label: 'plan' })).rejects.toMatchObject({
      message: 'labels: column plan must not be named like a feature of the view',
    });
  });
});
