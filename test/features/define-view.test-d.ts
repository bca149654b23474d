import { expectTypeOf, test } from 'vitest';
import { defineView } from '../../src/features/define-view.js';
import type { ViewRow } from '../../src/features/view-types.js';

const view = defineView({
  entity: 'who',
  sources: { people: {}, actions: { time: 'at' } },
  features: {
    plan: { from: 'people', column: 'plan', type: 'string' },
    logins: { from: 'actions', take: 'count', days: 30 },
    spent: { from: 'actions', take: 'sum', column: 'amount' },
    mean: { from: 'actions', take: 'mean', column: 'amount' },
    paid: { from: 'actions', take: 'last', column: 'paid', type: 'boolean' },
    seen: { from: 'actions', take: 'last', column: 'at', type: 'datetime' },
  },
});

test('the row type follows from the features', () => {
  expectTypeOf<ViewRow<typeof view>>().toEqualTypeOf<{
    readonly plan: string | null;
    readonly logins: number;
    readonly spent: number;
    readonly mean: number | null;
    readonly paid: boolean | null;
    readonly seen: Date | null;
  }>();
});

test('events and attributes are asked for by name', () => {
  expectTypeOf(view.online).parameter(0).toHaveProperty('actions');
  expectTypeOf(view.online).parameter(0).not.toHaveProperty('people');
  expectTypeOf(view.online).parameter(1).toHaveProperty('people');
});

test('a feature must name a source of the right kind', () => {
  const sources = { people: {}, actions: { time: 'at' } } as const;
  // @ts-expect-error people have no events to count
  const count = () => defineView({ entity: 'who', sources, features: { n: { from: 'people', take: 'count' } } });
  // @ts-expect-error there is no such source
  const other = () => defineView({ entity: 'who', sources, features: { n: { from: 'visits', take: 'count' } } });
  expectTypeOf(count).toBeFunction();
  expectTypeOf(other).toBeFunction();
});
