import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTag, firstEventTag, hasEvents, readHistory } from '../../src/mlflow/promotion-tags.js';

const changes = fc.array(
  fc.record({
    alias: fc.constantFrom('champion', 'challenger'),
    to: fc.option(fc.integer({ min: 1, max: 4 })),
    reason: fc.string(),
  }),
  { maxLength: 12 },
);

const model = (tags: Record<string, string>, aliases: ReadonlyMap<string, number> = new Map()) => ({
  name: 'm',
  updatedAtMs: Date.UTC(2030, 0),
  tags,
  aliases,
  hasVersions: true,
});

describe('promotion history as tags', () => {
  it('is the changes in order, each from where the one before left the alias', () => {
    fc.assert(
      fc.property(changes, (made) => {
        const tags = Object.fromEntries(made.map((change) => Object.values(eventTag(change))));
        const now = new Map<string, number>();
        for (const { alias, to } of made) to === null ? now.delete(alias) : now.set(alias, to);
        const history = readHistory(model(tags, now));
        expect(history.map(({ alias, to, reason }) => ({ alias, to, reason }))).toEqual(made);
        const before = new Map<string, number | null>();
        for (const { alias, from, to } of history) {
          expect(from).toBe(before.get(alias) ?? null);
          before.set(alias, to);
        }
      }),
    );
  });

  it('adds what was changed elsewhere, at the time of the last change', () => {
    const { key, value } = firstEventTag(1);
    const history = readHistory(model({ [key]: value }, new Map([['canary', 2]])));
    const at = '2030-01-01T00:00:00.000Z';
    const reason = 'changed outside of this registry';
    expect(history.slice(1)).toEqual([
      { at, alias: 'champion', from: 1, to: null, reason },
      { at, alias: 'canary', from: null, to: 2, reason },
    ]);
  });

  it('has one first event, whoever writes it, and it stays first', () => {
    const tags = [eventTag({ alias: 'champion', to: 2, reason: '' }), firstEventTag(1), firstEventTag(1)];
    const all = Object.fromEntries(tags.map(({ key, value }) => [key, value]));
    expect(readHistory(model(all, new Map([['champion', 2]]))).map(({ to }) => to)).toEqual([1, 2]);
  });

  it('leaves out tags that were spoiled, and the tags of others', () => {
    const { key } = firstEventTag(1);
    const spoiled = { [key]: '{', [`${key}-a`]: '{"at":"x"}', [`${key}-b`]: 'null', team: 'growth' };
    expect(readHistory(model(spoiled))).toEqual([]);
    expect([hasEvents(model(spoiled)), hasEvents(model({ team: 'growth' }))]).toEqual([true, false]);
  });
});
