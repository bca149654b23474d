import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrackedRun } from '../../src/core/tracker.js';
import { mlflowFileStore } from '../../src/mlflow/mlflow-file-store.js';

describe('mlflowFileStore', () => {
  let folder: string;
  let root: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tabwright-mlruns-'));
    root = join(folder, 'mlruns');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const start = (experiment = 'churn'): Promise<TrackedRun> =>
    mlflowFileStore(root).start({ experiment, runName: 'r', tags: { team: 'growth' } });
  const experiments = () => readdirSync(root).filter((name) => /^[1-9]\d*$/.test(name));

  it('shows a run when it has ended, whole', async () => {
    const run = await start();
    await run.logParams({ rate: '0.1', 'a/b': 'x' });
    await run.logMetrics(
      [Number.NaN, Number.NEGATIVE_INFINITY, 0.5].map((value, step) => ({ key: 'auc', value, step })),
    );
    await run.logArtifacts(new Map([['plots/roc.svg', new TextEncoder().encode('<svg/>')]]));
    expect(existsSync(root)).toBe(false);
    await run.end('finished');
    const place = join(root, experiments()[0] ?? '', run.id);
    const read = (path: string) => readFileSync(join(place, path), 'utf8');
    expect(JSON.parse(read('meta.yaml'))).toMatchObject({ run_id: run.id, status: 3, run_name: 'r' });
    expect([read('params/rate'), read('params/a_b'), read('tags/team')]).toEqual(['0.1', 'x', 'growth']);
    expect(read('metrics/auc')).toMatch(/^\d+ nan 0\n\d+ -inf 1\n\d+ 0.5 2\n$/);
    expect(read('artifacts/plots/roc.svg')).toBe('<svg/>');
    expect(readdirSync(join(folder, '.staging'))).toEqual([]);
  });

  it('puts runs that end at once into one experiment', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, () => start()));
    await Promise.all(runs.map((run) => run.end('finished')));
    expect(experiments()).toHaveLength(1);
    const entries = readdirSync(join(root, experiments()[0] ?? ''));
    expect(runs.filter(({ id }) => entries.includes(id))).toHaveLength(8);
  });

  it('goes on in an experiment that Python made', async () => {
    mkdirSync(join(root, '42'), { recursive: true });
    writeFileSync(join(root, '42', 'meta.yaml'), "artifact_location: x\nexperiment_id: '42'\nname: churn\n");
    const run = await start();
    await run.end('failed');
    expect(experiments()).toEqual(['42']);
    expect(JSON.parse(readFileSync(join(root, '42', run.id, 'meta.yaml'), 'utf8')).status).toBe(4);
  });

  it('counts the first end of a run', async () => {
    const run = await start();
    await run.end('finished');
    await run.end('failed');
    expect(JSON.parse(readFileSync(join(root, experiments()[0] ?? '', run.id, 'meta.yaml'), 'utf8')).status).toBe(3);
  });

  it('refuses artifacts that leave their folder, and no directory', async () => {
    const run = await start();
    await expect(run.logArtifacts(new Map([['../up', new Uint8Array()]]))).rejects.toMatchObject({
      code: 'BUNDLE_INVALID',
    });
    expect(() => mlflowFileStore('')).toThrow(/directory must not be empty/);
  });
});
