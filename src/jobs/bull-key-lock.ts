// One job of a concurrency key at a time, by a key in Redis that holds the job and its run, and that expires with its process.
import { createHash } from 'node:crypto';
import type { BullQueue } from './bull-package.js';

/** The job's own earlier run, whose process is gone, does not stand in its way. */
const TAKE = `
local owner = redis.call('GET', KEYS[1])
if owner and string.sub(owner, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1] .. ARGV[2], 'PX', ARGV[3])
return 1`;
const KEEP = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] .. ARGV[2] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[3])`;
const LEAVE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] .. ARGV[2] then return 0 end
return redis.call('DEL', KEYS[1])`;

/** The lock of a run on its key. Each call tells whether it is this run's. */
export interface KeyLock {
  take(): Promise<boolean>;
  keep(): Promise<boolean>;
  leave(): Promise<boolean>;
}

/** @param run tells this run of the job from others */
export function bullKeyLock(
  queue: BullQueue,
  concurrencyKey: string,
  job: string,
  run: string,
  lockMs: number,
): KeyLock {
  const key = queue.toKey(`key-${createHash('sha256').update(concurrencyKey).digest('hex')}`);
  const call = async (name: string, lua: string): Promise<boolean> => {
    const client = await queue.getBackend().client;
    client.defineCommand(name, { numberOfKeys: 1, lua });
    return (await client.runCommand(name, [key, `${job} `, run, lockMs])) === 1;
  };
  return {
    take: () => call('tabwrightTakeKey', TAKE),
    keep: () => call('tabwrightKeepKey', KEEP),
    leave: () => call('tabwrightLeaveKey', LEAVE),
  };
}
