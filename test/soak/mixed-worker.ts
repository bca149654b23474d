// Does the jobs of the mixed load until it is killed. Arguments: folder, port and queue of Redis.
import { createClient } from 'redis';
import { bullJobQueue } from '../../src/jobs/bull-job-queue.js';
import { jobHandlers } from '../../src/serving/jobs/job-handlers.js';
import { mixedWork } from './mixed-work.js';

const [folder = '', port = '', name] = process.argv.slice(2);
const connection = await createClient({ url: `redis://127.0.0.1:${port}` }).connect();
const handlers = jobHandlers(mixedWork(folder));
await bullJobQueue({ connection, name, handlers, lockMs: 2000, stalledMs: 1000, maxAttempts: 20 });
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
