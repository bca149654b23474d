// One server of the serving benchmark, in a process of its own: `node serving-server.mjs KIND PORT FOLDER`, from the built package and a
// registry in FOLDER. KIND is `trivial`, or the name of a model, with `+monitor` where it is measured and watched.
import fastify from 'fastify';
import { FEATURES } from './serving-row.mjs';

const [kind, port, folder] = process.argv.slice(2);
const app = fastify();
await (kind === 'trivial' ? mountTrivial() : mountModel(...kind.split('+')));
await app.listen({ host: '127.0.0.1', port: Number(port) });

/** What Fastify itself costs: AJV checks the row, and the handler answers with a constant. */
function mountTrivial() {
  const properties = Object.fromEntries(FEATURES.map((name) => [name, { type: 'number' }]));
  const body = { type: 'object', properties, required: FEATURES };
  app.post('/predict', { schema: { body } }, async () => ({
    id: '00000000-0000-4000-8000-000000000000',
    score: 0.5,
    label: 'yes',
    version: 1,
    model: 'trivial',
  }));
}

async function mountModel(model, watched) {
  const { createPredictor, fileRegistry } = await import('tabwright/predict');
  const { default: tabwright } = await import('tabwright/fastify');
  const registry = fileRegistry(`${folder}/models`);
  const predictors = { [model]: await createPredictor({ registry, model }) };
  app.register(tabwright, { predictors, ...(watched && (await watch(predictors, registry))) });
}

/** Metrics, and a monitor that compares the rows with those of the training. */
async function watch(predictors, registry) {
  const { default: client } = await import('prom-client');
  const { prometheusMetrics } = await import('tabwright/prometheus');
  const { monitor, readReference } = await import('tabwright/monitoring');
  const metrics = prometheusMetrics({ client, registry: new client.Registry() });
  const referenceOf = async (name, version) => readReference(await registry.read(name, version));
  return { metrics, monitor: await monitor({ predictors, metrics, referenceOf }) };
}
