// One server of the serving benchmark, in a process of its own: `node serving-server.mjs trivial | constant | logistic`.
import fastify from 'fastify';
import { importSource } from '../harness/import-source.mjs';
import { FEATURES, row } from './serving-row.mjs';

const app = fastify();
const kind = process.argv[2];
await (kind === 'trivial' ? mountTrivial() : mountModel(kind));
await app.listen({ host: '127.0.0.1', port: 0 });
process.on('disconnect', () => process.exit());
process.send({ port: app.server.address().port });

/** What Fastify itself costs: AJV checks the row, and the handler answers with a constant. */
function mountTrivial() {
  const properties = Object.fromEntries(FEATURES.map((name) => [name, { type: 'number' }]));
  const body = { type: 'object', properties, required: FEATURES };
  app.post('/predict', { schema: { body } }, async () => ({ score: 0.5, label: 'yes', version: 1, model: 'trivial' }));
}

async function mountModel(model) {
  const { createTrainer, createPredictor, makeTable } = await importSource('src/index.ts');
  const { memoryRegistry } = await importSource('src/testing/memory-registry.ts');
  const { tabwright } = await importSource('adapters/fastify.ts');
  const registry = memoryRegistry();
  const rows = Array.from({ length: 2000 }, (_, i) => row(i));
  const columns = FEATURES.map((name) => [name, Float64Array.from(rows, (cells) => cells[name])]);
  const target = Float64Array.from(rows, (cells, i) => Number(cells.f0 + cells.f1 > (i % 7) / 7));
  const data = { load: async () => ({ data: makeTable([...columns, ['y', target]]) }) };
  await createTrainer({ registry }).train({ name: model, data, model, target: { column: 'y', task: 'binary' } });
  app.register(tabwright, { predictors: { [model]: await createPredictor({ registry, model }) } });
}
