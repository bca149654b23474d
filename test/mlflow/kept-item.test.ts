import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mlflowRegistry } from '../../src/mlflow/mlflow-registry.js';
import { mlflowTracker } from '../../src/mlflow/mlflow-tracker.js';
import { syncMlflow } from '../../src/mlflow/sync-mlflow.js';

const nobody = { uri: 'http://127.0.0.1:9', retries: 0 };
const files = new Map([['MLmodel', new TextEncoder().encode('{}')]]);

describe('with a server that is down', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tabwright-kept-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps runs and models on disk, and a sync that fails leaves them there', async () => {
    const run = await mlflowTracker({ ...nobody, spool: folder }).start({ experiment: 'e', runName: 'r', tags: {} });
    await run.logParams({ a: '1' });
    await expect(run.end('finished')).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      message: expect.stringMatching(/connection failed.*the run is kept in .*run-.*tabwright mlflow sync sends it/),
    });
    const registry = mlflowRegistry({ ...nobody, spool: folder });
    await expect(registry.put('m', files)).rejects.toThrow(/the model is kept in .*version-/);
    const items = readdirSync(folder).filter((name) => !name.startsWith('.'));
    expect(items.map((name) => name.replace(/-.*/, ''))).toEqual(['run', 'version']);
    const { delivered, failed, busy } = await syncMlflow({ ...nobody, spool: folder });
    expect([delivered, failed.map(({ item }) => item), busy]).toEqual([[], [...items].reverse(), []]);
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual(items);
  });

  it('says both reasons where the disk does not take them either', async () => {
    const spool = join(folder, 'file');
    writeFileSync(spool, '');
    await expect(mlflowRegistry({ ...nobody, spool }).put('m', files)).rejects.toThrow(
      /connection failed.*nor could the model be kept on disk/,
    );
  });

  it('keeps nothing that breaks the rules of names', async () => {
    await expect(mlflowRegistry({ ...nobody, spool: folder }).put('a b', files)).rejects.toMatchObject({
      code: 'NAME_INVALID',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});
