// A host with everything that operators use: keys, a trainer with recipes, a registry, an artifacts folder, a tracker.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job, JobHandler, JobQueue } from '../../src/core/job-queue.js';
import type { BundleFiles, Registry } from '../../src/core/registry.js';
import { TabwrightError } from '../../src/core/tabwright-error.js';
import type { Tracker } from '../../src/core/tracker.js';
import { fileJobQueue } from '../../src/jobs/file-job-queue.js';
import { apiKeys } from '../../src/serving/auth/api-keys.js';
import { jobHandlers } from '../../src/serving/jobs/job-handlers.js';
import type { WorkOptions } from '../../src/serving/jobs/work-options.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { makeTable } from '../../src/table/make-table.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import type { Received, Sent } from './exchange.js';
import { exchange } from './exchange.js';
import type { RunningHost, StartHost } from './hosts.js';
import { prospect } from './models.js';

export const KEYS = { shop: 's'.repeat(32), ops: 'o'.repeat(32) };

/** The table that the recipe trains on. */
const table = makeTable([
  ['x', Float64Array.from({ length: 40 }, (_, i) => i % 7)],
  ['y', Float64Array.from({ length: 40 }, (_, i) => i % 2)],
]);

export interface AdminSetup {
  readonly origin: string;
  readonly registry: Registry;
  readonly jobs: JobQueue;
  /** Paths of artifacts that the tracker was given. */
  readonly tracked: Map<string, Uint8Array>;
  /** Names of the files under the artifacts folder, uploads among them. */
  files(folder: string): string[];
  /** A request with the key of an operator, under the prefix. */
  send(sent: Sent): Promise<Received>;
  /** The same with the answer parsed. */
  sendJson(sent: Sent): Promise<{ status: number; body: Record<string, never> }>;
  /** The job once it has ended. */
  ended(id: string): Promise<Job>;
  close(): Promise<void>;
}

/** Starts the host under /ml. The recipe `constant` takes `name`; `slow` runs until it is stopped. */
export async function startAdmin(start: StartHost, options: Partial<ServingOptions> = {}): Promise<AdminSetup> {
  const artifacts = mkdtempSync(join(tmpdir(), 'tabwright-admin-'));
  const registry = memoryRegistry();
  const tracked = new Map<string, Uint8Array>();
  const work: WorkOptions = {
    trainer: createTrainer({ registry }),
    recipes: {
      constant: ({ name = 'demo' }) => ({
        name: String(name),
        data: table,
        target: { column: 'y' },
        model: 'constant',
      }),
      slow: () => ({ name: 'slow', data: { load: untilAborted }, target: { column: 'y' }, model: 'constant' }),
    },
    artifacts,
    tracker: trackerInto(tracked),
    sources: { hosts: ['data.example.com', '169.254.169.254', '127.0.0.1'], buckets: ['sales'] },
  };
  const handlers: Record<string, JobHandler> = jobHandlers(work);
  const jobs = await fileJobQueue(join(artifacts, 'jobs'), { handlers, concurrency: 2 });
  const auth = apiKeys([
    { name: 'shop', key: KEYS.shop },
    { name: 'ops', key: KEYS.ops, scopes: ['predict', 'admin'] },
  ]);
  const predictors = { prospect: prospect() };
  const host: RunningHost = await start({ predictors, auth, ...work, jobs, ...options }, '/ml');
  const send = ({ path, headers, ...sent }: Sent) =>
    exchange(host.origin, { ...sent, path: `/ml${path}`, headers: { 'x-api-key': KEYS.ops, ...headers } });
  return {
    origin: host.origin,
    registry,
    jobs,
    tracked,
    files: (folder) => listed(join(artifacts, folder)),
    send,
    async sendJson(sent) {
      const { status, text } = await send(sent);
      return { status, body: JSON.parse(text) };
    },
    async ended(id) {
      let last: Job | undefined;
      for await (const job of jobs.follow(id)) last = job;
      return last as Job;
    },
    async close() {
      await host.close();
      await jobs.close();
      rmSync(artifacts, { recursive: true, force: true });
    },
  };
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function untilAborted({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(new TabwrightError('CANCELLED', 'stopped'));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop);
  });
}

function trackerInto(tracked: Map<string, Uint8Array>): Tracker {
  return {
    start: async () => ({
      id: 'run',
      logParams: async () => {},
      logMetrics: async () => {},
      async logArtifacts(files: BundleFiles) {
        for (const [path, bytes] of files) tracked.set(path, bytes);
      },
      logModel: async () => {},
      end: async () => {},
    }),
  };
}
