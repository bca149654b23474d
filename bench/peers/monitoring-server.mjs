// One server of the monitoring benchmark, in a process of its own: `node monitoring-server.mjs KIND PORT FOLDER` with bundles of the
// source beside FOLDER and a registry in it. KIND is `plain`, or `watched`: metrics, drift, segments and a log on the disk.
import { pathToFileURL } from 'node:url';
import fastify from 'fastify';

const [kind, port, folder] = process.argv.slice(2);
const { createPredictor, fileRegistry } = await bundled('src-predict');
const { tabwright } = await bundled('adapters-fastify');
const registry = fileRegistry(`${folder}/models`);
const predictors = { model: await createPredictor({ registry, model: 'model' }) };
const app = fastify();
app.register(tabwright, { predictors, ...(kind === 'watched' && (await watch())) });
await app.listen({ host: '127.0.0.1', port: Number(port) });

async function watch() {
  const { default: client } = await import('prom-client');
  const { prometheusMetrics } = await bundled('src-prometheus');
  const { monitor } = await bundled('src-monitoring-monitor');
  const { filePredictionLog } = await bundled('src-monitoring-log-file-prediction-log');
  const { readReference } = await bundled('src-bundle-read-reference');
  const metrics = prometheusMetrics({ client, registry: new client.Registry() });
  const referenceOf = async (name, version) => readReference(await registry.read(name, version));
  const log = await filePredictionLog(`${folder}/log`);
  return { metrics, monitor: await monitor({ predictors, metrics, referenceOf, log }) };
}

function bundled(name) {
  return import(pathToFileURL(`${folder}/../${name}.mjs`).href);
}
