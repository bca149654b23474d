import { expectTypeOf, test } from 'vitest';
import { createFeatureStore, defineView } from '../../../src/index.js';

const store = createFeatureStore({
  views: {
    people: defineView({
      entity: 'who',
      sources: { people: {}, actions: { time: 'at' } },
      features: {
        plan: { from: 'people', column: 'plan', type: 'string' },
        logins: { from: 'actions', take: 'count', days: 7 },
        lastAt: { from: 'actions', take: 'last', column: 'at', type: 'datetime' },
      },
    }),
  },
});
type Row = { readonly plan: string | null; readonly logins: number; readonly lastAt: Date | null };

test('rows have the type of the view, by the name it has in the store', () => {
  expectTypeOf(store.get('people', 'ann')).resolves.toEqualTypeOf<Row>();
  expectTypeOf(store.getMany('people', ['ann', 1])).resolves.toEqualTypeOf<(Row | undefined)[]>();
  // @ts-expect-error no such view
  store.get('poeple', 'ann');
});

test('a build takes the tables of the view, and moments or a time', () => {
  type Build = typeof store.build<'people'>;
  expectTypeOf<keyof Parameters<Build>[1]>().toEqualTypeOf<'people' | 'actions'>();
  // @ts-expect-error neither a time nor moments
  const request: Parameters<Build>[2] = { full: true };
  expectTypeOf(request).toBeObject();
});
