import { describe, expect, test } from 'vitest';
import type { ViewDefinition } from '../../src/features/define-view.js';
import { defineView } from '../../src/features/define-view.js';
import type { ViewFeatures, ViewSources } from '../../src/features/view-types.js';
import { instant, view } from './naive-features.js';

const sources = { people: {}, actions: { time: 'at' } };

/** Feature declarations as a caller without types may write them. */
function defining(feature: object, columns: object = sources) {
  const definition: unknown = { entity: 'who', sources: columns, features: { visits: feature } };
  return () => defineView(definition as ViewDefinition<ViewSources, ViewFeatures>);
}

describe('a view is refused', () => {
  test.each([
    [{ from: 'acts', take: 'count' }, 'view feature visits: from must be one of people, actions'],
    [{ from: 'people', take: 'count' }, 'view feature visits: take needs events, and source people has no time'],
    [{ from: 'people', column: 'plan', type: 'string', days: 3 }, 'view feature visits: days and where need events'],
    [
      { from: 'actions', column: 'x', type: 'string' },
      'view feature visits: take must be given for a source of events',
    ],
    [{ from: 'actions', take: 'count', column: 'x' }, 'view feature visits: column must be absent for count'],
    [{ from: 'actions', take: 'sum' }, 'view feature visits: column must be given'],
    [{ from: 'actions', take: 'last', column: 'x' }, 'view feature visits: type must be given'],
    [{ from: 'actions', take: 'sum', column: 'x', type: 'number' }, 'view feature visits: type must be absent for sum'],
    [{ from: 'actions', take: 'count', days: 0 }, 'view feature visits: days must be a number > 0, got 0'],
    [{ from: 'actions', take: 'count', dayz: 1 }, 'view feature visits: there is no option dayz; did you mean days?'],
    [
      { from: 'actions', take: 'count', where: { action: ['a', 1] } },
      'view feature visits: where action must be a string, number or boolean, or several of one kind',
    ],
    [
      { from: 'actions', take: 'sum', column: 'x', where: { x: 'a' } },
      'view source actions: column x is read as string and number',
    ],
  ])('%j', (feature, message) => {
    expect(defining(feature)).toThrow(message);
  });

  test('with an unknown option of a source, no feature, or no entity', () => {
    expect(defining({ from: 'actions', take: 'count' }, { actions: { tiem: 'at' } })).toThrow('did you mean time?');
    expect(() => defineView({ entity: 'who', sources, features: {} })).toThrow('at least one feature');
    expect(() => defineView({ entity: '', sources, features: { n: { from: 'actions', take: 'count' } } })).toThrow(
      'entity must be the name of a column',
    );
  });
});

test('a view is plain data that cannot be changed', () => {
  expect(Object.isFrozen(view.features[1])).toBe(true);
  expect(view.features[1]).toEqual({
    name: 'all',
    from: 'actions',
    take: 'count',
    column: '',
    type: undefined,
    days: undefined,
    where: [],
  });
  expect(view.sources[0]).toEqual({ name: 'people', key: 'id', time: undefined });
});

describe('online', () => {
  const at = instant(8);

  test('reads ISO strings as times, and has null for what is not there', () => {
    const row = view.online({ actions: [{ at: '2026-01-01T10:00:00', action: 'a' }] }, { people: null }, new Date(at));
    expect(row).toMatchObject({ plan: null, all: 1, logins2d: 1, sum3d: 0, mean2d: null, last: 'a', days3d: 1 });
  });

  test('names every broken cell', () => {
    const actions = [{ at: new Date(0), amount: 'many' }, { amount: 1e301 }];
    expect(() => view.online({ actions }, { people: {} }, at)).toThrow(
      'view: actions: amount must be a number, got string (row 0); at is required, got undefined (row 1); amount must be <= 1e+300, got number (row 1)',
    );
  });

  test('refuses events that are not given and a time that is none', () => {
    const none = {} as { actions: [] };
    expect(() => view.online(none, { people: null }, at)).toThrow('view: the events of actions must be given');
    expect(() => view.online({ actions: [] }, { people: null }, new Date('?'))).toThrow('view: at must be a time');
    const nothing: unknown = null;
    expect(() => view.online({ actions: [] }, { people: null }, nothing as number)).toThrow('got null');
  });
});
