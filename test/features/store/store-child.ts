// A process that builds and materialises version after version of one view, until it is killed.
import { fileOnlineStore } from '../../../src/features/online/file-online-store.js';
import { createFeatureStore } from '../../../src/features/store/feature-store.js';
import { instant, sourceTables, view } from '../naive-features.js';
import { manyEvents } from './many-events.js';

const [dir = '', from = '1', to = '1000'] = process.argv.slice(2);
const store = createFeatureStore({ dir, views: { people: view }, online: fileOnlineStore(`${dir}/online`) });
const tables = sourceTables(manyEvents);
for (let step = Number(from); step <= Number(to); step++) {
  const { version } = await store.build('people', tables, { at: new Date(instant(step)) });
  await store.materialise('people');
  console.log(JSON.stringify({ version }));
}
