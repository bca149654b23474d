// What is used of BullMQ (version 6), which is loaded when a queue is opened.

import type { JobRequest } from '../core/job-queue.js';
import type { JsonObject } from '../core/json.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** What a job carries in Redis; its kind is BullMQ's name of the job. */
export interface BullData extends Omit<JobRequest, 'kind'> {
  readonly input: JsonObject;
  /** ISO time at which its end was asked for; set once, and the only thing that ever changes. */
  readonly cancelledAt?: string;
}

/** BullMQ's exports. */
export type BullPackage = typeof import('bullmq');

/** A queue of BullMQ over Redis. */
export type BullQueue = InstanceType<typeof import('bullmq').Queue<BullData, JsonObject>>;

/** A stored job of BullMQ. */
export type StoredJob = InstanceType<typeof import('bullmq').Job<BullData, JsonObject>>;

/** @throws PACKAGE_MISSING */
export async function loadBullmq(): Promise<BullPackage> {
  try {
    return await import('bullmq');
  } catch (cause) {
    const message = 'bullJobQueue needs the package bullmq (version 6): npm install bullmq@6';
    throw new TabwrightError('PACKAGE_MISSING', message, { cause });
  }
}
