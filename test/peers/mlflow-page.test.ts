// The programs of docs/mlflow.md that need a server, on a real one.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPage } from '../docs/run-page.js';
import { hasMlflow, type MlflowServer, startMlflow } from './mlflow-server.js';

describe.skipIf(!hasMlflow)('docs/mlflow.md', () => {
  let server: MlflowServer;
  beforeAll(async () => {
    server = await startMlflow();
    process.env.MLFLOW_TRACKING_URI = server.uri;
  });
  afterAll(async () => {
    await server?.stop();
    rmSync('mlflow-spool', { recursive: true, force: true });
  });

  it('has programs that run and print what they say', async () => {
    expect(await runPage('docs/mlflow.md', 'js')).toEqual([[1]]);
  });
});
