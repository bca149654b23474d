import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { compareProfiles } from '../../src/eda/compare-profiles.js';
import { profile } from '../../src/eda/profile.js';
import { sampleTable } from '../drift/sample-table.js';

test('profiles side by side say how far each column drifted from the first', async () => {
  const random = createRandom(2);
  const tables = [sampleTable(random, 1500), sampleTable(random, 1500), sampleTable(random, 1500, 0.6)];
  const [train, same, moved] = await Promise.all(tables.map((table) => profile(table)));
  if (train === undefined || same === undefined || moved === undefined) throw new Error('three profiles');
  for (const name of ['height', 'city']) {
    const column = compareProfiles({ train, same, moved }).columns.find((each) => each.name === name);
    const [none, near, far] = column?.drift ?? [];
    expect(none).toBeNull();
    for (const measure of ['Jensen-Shannon distance', 'PSI']) {
      expect(near?.[measure]).toBeGreaterThanOrEqual(0);
      expect(far?.[measure]).toBeGreaterThan(2 * (near?.[measure] as number));
    }
  }
});
