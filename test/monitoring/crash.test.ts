// What a kill leaves of a log under load, in processes of their own.
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { filePredictionLog } from '../../src/monitoring/log/file-prediction-log.js';
import { readPredictionLog } from '../../src/monitoring/log/read-prediction-log.js';
import { childStarter } from '../registry/start-child.js';
import { temporaryFolder } from '../temporary-folder.js';
import { allOf, prediction } from './records.js';

const CHILD = new URL('./log-child.ts', import.meta.url);
/** Records gather for 100 ms; the write, the flush and a busy machine take their time too. */
const LOST_MS = 100 + 400;

test('a process that is killed under load loses the last moment at most, and its log opens as it is', async () => {
  const start = await childStarter(temporaryFolder(), CHILD);
  const folder = temporaryFolder();
  for (const killMs of [300, 450, 600]) {
    const before = (await allOf(readPredictionLog(folder))).length;
    const { process: child, started, ended } = start('load', folder);
    await started;
    await wait(killMs);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    const lines = (await ended).lines as unknown as { readonly made: number; readonly atMs: number }[];
    const last = lines.at(-1) as (typeof lines)[0];
    const kept = (await allOf(readPredictionLog(folder))).slice(before);
    // In order and without a gap: what is there is a beginning of what was made.
    expect(kept.map(({ id }) => id)).toEqual(kept.map((_, i) => `id-${i}`));
    const due = lines.filter(({ atMs }) => atMs < last.atMs - LOST_MS).at(-1)?.made ?? 0;
    expect(kept.length).toBeGreaterThanOrEqual(due);
  }
  const log = await filePredictionLog(folder);
  log.append(prediction(1_000_000));
  await log.close();
  expect((await allOf(readPredictionLog(folder))).at(-1)).toEqual(prediction(1_000_000));
});
