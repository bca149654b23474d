import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PendingVersion } from '../../src/mlflow/pending-version.js';
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

const run = { kind: 'run', run: record } as const;
const name = `run-${record.id}`;
const version: PendingVersion = {
  id: 'c'.repeat(32),
  name: 'm',
  files: new Map([['MLmodel', bytes('{}')]]),
  tags: { a: 'b' },
  experiment: 'e',
  runId: undefined,
};

describe('the spool folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tabwright-spool-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives back a record as it was, to the last bit', async () => {
    const kept = await addToSpool(folder, run);
    expect(await kept.read()).toEqual(run);
    const bare = { ...record, id: 'b'.repeat(32), model: undefined, artifacts: new Map() };
    for (const item of [
      { kind: 'run', run: bare },
      { kind: 'version', version },
    ] as const) {
      expect(await (await addToSpool(folder, item)).read()).toEqual(item);
    }
    expect(await listSpool(folder)).toEqual([name, `run-${bare.id}`, `version-${version.id}`]);
  });

  it('lets one holder have a record at a time', async () => {
    const kept = await addToSpool(folder, run);
    expect(await claimFromSpool(folder, name)).toBeUndefined();
    await kept.release();
    const claims = await Promise.all([claimFromSpool(folder, name), claimFromSpool(folder, name)]);
    const [claim, ...others] = claims.filter((each) => each !== undefined);
    expect(others).toEqual([]);
    await claim?.remove();
    expect([await listSpool(folder), await claimFromSpool(folder, name)]).toEqual([[], undefined]);
  });

  it('counts a holder that has ended for nothing, and one that lives or is elsewhere as holding', async () => {
    await (await addToSpool(folder, run)).release();
    const owner = join(folder, name, 'owner.json');
    const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
    for (const [host, pid, isFree] of [
      [hostname(), ended, true],
      [hostname(), process.ppid, false],
      ['elsewhere', 1, false],
    ] as const) {
      writeFileSync(owner, JSON.stringify({ host, pid }));
      const claim = await claimFromSpool(folder, name);
      expect(claim !== undefined).toBe(isFree);
      await claim?.release();
    }
  });

  it('refuses a record that was altered or cut off, and keeps it', async () => {
    const kept = await addToSpool(folder, run);
    writeFileSync(join(kept.path, 'model/MLmodel'), '{"x":1}');
    await expect(kept.read()).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    const json = join(kept.path, 'item.json');
    writeFileSync(json, readFileSync(json, 'utf8').slice(0, 50));
    await expect(kept.read()).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    writeFileSync(
      json,
      `{"format":1,"kind":"run","item":{"metrics":[]},"files":{"../up":{"sizeBytes":0,"sha256":"${'0'.repeat(64)}"}}}`,
    );
    await expect(kept.read()).rejects.toMatchObject({ code: 'BUNDLE_INVALID' });
    expect(existsSync(kept.path)).toBe(true);
  });

  it('lists nothing where there is no folder', async () => {
    expect(await listSpool(join(folder, 'none'))).toEqual([]);
  });
});
