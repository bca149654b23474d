import { Readable } from 'node:stream';
import { importSource } from '../harness/import-source.mjs';
import { FEATURES, row } from './serving-row.mjs';

const { createTrainer, createPredictor, makeTable } = await importSource('src/index.ts');
const { memoryRegistry } = await importSource('src/testing/memory-registry.ts');
const { createRoutes } = await importSource('src/serving/create-routes.ts');
const { predictionJson } = await importSource('src/serving/prediction-json.ts');
const registry = memoryRegistry();
const rows = Array.from({ length: 2000 }, (_, i) => row(i));
const columns = FEATURES.map((name) => [name, Float64Array.from(rows, (cells) => cells[name])]);
const target = Float64Array.from(rows, (cells, i) => Number(cells.f0 + cells.f1 > (i % 7) / 7));
const data = { load: async () => ({ data: makeTable([...columns, ['y', target]]) }) };
for (const m of ['constant', 'logistic']) {
  await createTrainer({ registry }).train({ name: m, data, model: m, target: { column: 'y', task: 'binary' } });
  const p = await createPredictor({ registry, model: m });
  const route = createRoutes({ predictors: { m: p } }).find((r) => r.path === '/predict');
  const text = JSON.stringify(row(1));
  const buf = Buffer.from(text);
  const headers = { 'content-type': 'application/json', 'content-length': String(buf.length), host: 'x' };
  const N = 100000;
  async function time(name, f) {
    for (let i = 0; i < 20000; i++) await f();
    const t = performance.now();
    for (let i = 0; i < N; i++) await f();
    console.log(m, name, (((performance.now() - t) / N) * 1000).toFixed(3), 'us');
  }
  const params = {};
  await time('answer(bytes)', () => route.answer({ params, headers, body: buf, basePath: '' }));
  await time('JSON.parse', () => {
    JSON.parse(buf.toString());
  });
  const parsed = JSON.parse(text);
  await time('predictOne', () => {
    p.predictOne(parsed);
  });
  const pr = p.predictOne(parsed);
  await time('predictionJson', () => {
    predictionJson(pr);
  });
  await time('JSON.stringify', () => {
    JSON.stringify(pr);
  });
  await time('randomUUID', () => {
    crypto.randomUUID();
  });
  await time('stream', async () => {
    const s = new Readable({ read() {} });
    s.push(buf);
    s.push(null);
    await route.answer({ params, headers, body: s, basePath: '' });
  });
  await time('stream alone', async () => {
    const s = new Readable({ read() {} });
    s.push(buf);
    s.push(null);
    await new Promise((r) => {
      s.on('data', () => {});
      s.on('end', r);
    });
  });
}
