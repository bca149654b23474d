import type { OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';

/** Plain options of the queue. */
export const bullJobQueueOptions = optionsTable('bullJobQueue', {
  name: { type: 'string', default: 'tabwright', doc: 'Name of the queue: those of one name and prefix are one.' },
  prefix: { type: 'string', default: 'bull', doc: 'First part of every key in Redis.' },
  concurrency: {
    type: 'integer',
    default: 1,
    min: 0,
    max: 64,
    doc: 'Jobs that run at a time in this process; 0 takes jobs in and leaves them to other processes.',
  },
  maxWaiting: {
    type: 'integer',
    default: 1000,
    min: 1,
    doc: 'Most jobs that wait; one more is refused (OVERLOADED). Processes that submit at once may pass it by a few.',
  },
  maxEnded: {
    type: 'integer',
    default: 1000,
    min: 0,
    doc: 'Jobs that are done and are kept, and as many that failed; older ones are dropped.',
  },
  maxAttempts: {
    type: 'integer',
    default: 3,
    min: 1,
    doc: 'How often a job is started whose process ended under it, before it counts as failed.',
  },
  lockMs: {
    type: 'integer',
    default: 30_000,
    min: 100,
    doc: 'After this long with no sign of life from its process, a job may be taken over, in milliseconds.',
  },
  stalledMs: {
    type: 'integer',
    default: 30_000,
    min: 100,
    doc: 'How often jobs are looked for whose process is gone, in milliseconds.',
  },
  pollMs: {
    type: 'integer',
    default: 250,
    min: 10,
    doc: 'How often a job that is followed, or that runs and may be cancelled, is looked at, in milliseconds.',
  },
});

/** The options with their defaults. */
export type ResolvedBullOptions = OptionsOf<typeof bullJobQueueOptions>;
