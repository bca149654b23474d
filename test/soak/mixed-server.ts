// The server of the mixed load, in a process of its own. Arguments: folder, and port and queue of Redis where jobs run elsewhere.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import fastify from 'fastify';
import { createClient } from 'redis';
import tabwright from '../../adapters/fastify.js';
import { bullJobQueue } from '../../src/jobs/bull-job-queue.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { jobHandlers } from '../../src/serving/jobs/job-handlers.js';
import { mixedWork } from './mixed-work.js';

const [folder = '', port, name] = process.argv.slice(2);
const work = mixedWork(folder);
const registry = work.trainer?.registry;
const requests = work.recipes?.small?.({ name: 'served' });
if (registry === undefined || requests === undefined) throw new Error('there is nothing to serve');
for (let version = 1; version <= 2; version++) await work.trainer?.train(requests);

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const app = fastify();
app.get('/delay', () => ({ p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 }));
app.delete('/delay', (_request, reply) => {
  delay.reset();
  reply.code(204).send();
});
app.register(tabwright, {
  ...work,
  predictors: { served: await createPredictor({ registry, model: 'served@champion' }) },
  auth: 'none',
  ...(port === undefined ? {} : { jobs: await redisQueue(port) }),
});
process.stdout.write(`${JSON.stringify({ origin: await app.listen({ host: '127.0.0.1', port: 0 }) })}\n`);

async function redisQueue(port: string) {
  const connection = await createClient({ url: `redis://127.0.0.1:${port}` }).connect();
  return bullJobQueue({ connection, name, handlers: jobHandlers(work), concurrency: 0 });
}
