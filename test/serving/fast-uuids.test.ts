import { expect, test } from 'vitest';
import { fastUuids } from '../../src/serving/fast-uuids.js';

test('ids have the form of a UUID of version 4, and are unique within a maker and between makers', () => {
  const [first, second] = [fastUuids(), fastUuids()];
  const ids = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? first() : second()));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(1000);
});

test('are drawn anew when the counter is through', () => {
  const next = fastUuids();
  const drawn = next().slice(0, 30);
  for (let i = 0; i < 0xffffff - 0x100000; i++) next();
  const after = next();
  expect(after).toMatch(/100000$/);
  expect(after.slice(0, 30)).not.toBe(drawn);
});
