import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/mlflow/run-record.js';
import { addToSpool, claimFromSpool, listSpool } from '../../src/mlflow/spool.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const record: RunRecord = {
  id: 'a'.repeat(32),
  runId: 'r1',
  experiment: 'e',
  runName: 'n',
  tags: { 'mlflow.user': 'ada' },
  startTimeMs: 1,
  endTimeMs: 2,
  status: 'FINISHED',
  params: { p: '日本' },
  metrics: [Number.NaN, Number.POSITIVE_INFINITY, -0.1, 5e-324].map((value, step) => ({
    key: 'm',
    value,
    step,
    timestampMs: 3,
  })),
  datasets: [{ name: 'd', digest: 'f', context: 'training', nRows: 3, spec: { fields: [] } }],
  artifacts: new Map([['plots/roc.svg', bytes('<svg/>')]]),
  model: {
    version: { name: 'm', version: 2, createdAt: '2026-01-01T00:00:00.000Z', tags: {}, aliases: [] },
    files: new Map([
      ['model/model.txt', bytes('trees')],
      ['MLmodel', bytes('{}')],
    ]),
  },
};

describe('the spool folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tabwright-spool-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back a record as it was, to the last bit', async () => {
    const kept = await addToSpool(folder, record);
    expect(await kept.read()).toEqual(record);
    const bare = { ...record, id: 'b'.repeat(32), model: undefined, artifacts: new Map() };
    expect(await (await addToSpool(folder, bare)).read()).toEqual(bare);
    expect(await listSpool(folder)).toEqual([record.id, bare.id]);
  });

  it('lets one holder have a record at a time', async () => {
    const kept = await addToSpool(folder, record);
    expect(await claimFromSpool(folder, record.id)).toBeUndefined();
    await kept.release();
    const claims = await Promise.all([claimFromSpool(folder, record.id), claimFromSpool(folder, record.id)]);
    const [claim, ...others] = claims.filter((each) => each !== undefined);
    expect(others).toEqual([]);
    await claim?.remove();
    expect([await listSpool(folder), await claimFromSpool(folder, record.id)]).toEqual([[], undefined]);
  });

  it('counts a holder that has ended for nothing, and one that lives or is elsewhere as holding', async () => {
    await (await addToSpool(folder, record)).release();
    const owner = join(folder, record.id, 'owner.json');
    const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
    for (const [host, pid, isFree] of [
      [hostname(), ended, true],
      [hostname(), process.ppid, false],
      ['elsewhere', 1, false],
    ] as const) {
      writeFileSync(owner, JSON.stringify({ host, pid }));
      const claim = await claimFromSpool(folder, record.id);
      expect(claim !== undefined).toBe(isFree);
      await claim?.release();
    }
  });

  it('refuses a record that was altered or cut off, and keeps it', async () => {
    const kept = await addToSpool(folder, record);
    writeFileSync(join(kept.path, 'model/MLmodel'), '{"x":1}');
    await expect(kept.read()).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    const json = join(kept.path, 'record.json');
    writeFileSync(json, readFileSync(json, 'utf8').slice(0, 50));
    await expect(kept.read()).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    writeFileSync(json, '{"format":1,"record":{"metrics":[]},"files":{"../up":{"sizeBytes":0,"sha256":""}}}');
    await expect(kept.read()).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    expect(existsSync(kept.path)).toBe(true);
  });

  it('lists nothing where there is no folder', async () => {
    expect(await listSpool(join(folder, 'none'))).toEqual([]);
  });
});
