// A process that runs the jobs of a queue and can be killed. Arguments: port of Redis, name of the queue.
import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from 'redis';
import { bullJobQueue } from '../../src/jobs/bull-job-queue.js';

const [port = '', name = ''] = process.argv.slice(2);
const connection = await createClient({ url: `redis://127.0.0.1:${port}` }).connect();
await bullJobQueue({
  connection,
  name,
  lockMs: 1000,
  stalledMs: 500,
  pollMs: 20,
  handlers: {
    async work({ steps }, { signal, onProgress }) {
      const from = Date.now();
      for (let step = 1; step <= Number(steps); step++) {
        onProgress?.({ phase: 'fit', completed: step, total: Number(steps), message: String(process.pid) });
        await wait(20, undefined, { signal });
      }
      return { by: process.pid, from, to: Date.now() };
    },
  },
});
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
