// MLflow with S3 behind it, and with users: uploads in parts straight to the store, credentials of the environment.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mlflowClient } from '../../src/mlflow/mlflow-client.js';
import { mlflowRegistry } from '../../src/mlflow/mlflow-registry.js';
import { BIN, freePort, type MlflowServer, startMlflow } from './mlflow-server.js';

const MOTO = join(BIN, 'moto_server');
const ADMIN = { username: 'admin', password: 'a-password-of-tests' };

describe.skipIf(!existsSync(MOTO))('a real MLflow server with S3 and users', () => {
  let store: ChildProcess;
  let server: MlflowServer;
  beforeAll(async () => {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    store = spawn(MOTO, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    await vi.waitFor(() => makeBucket(endpoint), { timeout: 60_000, interval: 500 });
    server = await startMlflow({
      artifacts: 's3://models/artifacts',
      flags: ['--app-name', 'basic-auth'],
      environment: {
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
        AWS_DEFAULT_REGION: 'us-east-1',
        MLFLOW_S3_ENDPOINT_URL: endpoint,
        MLFLOW_FLASK_SERVER_SECRET_KEY: 'secret',
        MLFLOW_AUTH_ADMIN_PASSWORD: ADMIN.password,
      },
    });
  });
  afterAll(async () => {
    await server?.stop();
    store?.kill();
  });

  it('takes a name and a password, and says what is missing without them', async () => {
    const stranger = mlflowClient({ uri: server.uri });
    await expect(stranger.experiments.search()).rejects.toThrow(/status 401 \(set MLFLOW_TRACKING_TOKEN/);
    const admin = mlflowClient({ uri: server.uri, ...ADMIN });
    expect(await admin.experiments.search()).toMatchObject([{ name: 'Default' }]);
  });

  it('takes large files in parts and gives them back byte for byte', async () => {
    const registry = mlflowRegistry({ uri: server.uri, ...ADMIN, multipartBytes: 5 * 2 ** 20 });
    const large = Buffer.alloc(21 * 2 ** 20 + 1, 'abcdefg');
    const files = new Map([
      ['model/deep ä/large.bin', large],
      ['MLmodel', Buffer.from('{}')],
    ]);
    await registry.put('large', files);
    const read = await registry.read('large', 1);
    expect([...read.keys()].sort()).toEqual([...files.keys()].sort());
    expect(Buffer.compare(read.get('model/deep ä/large.bin') ?? Buffer.alloc(0), large)).toBe(0);
  });
});

async function makeBucket(endpoint: string): Promise<void> {
  const { ok } = await fetch(`${endpoint}/models`, { method: 'PUT' });
  if (!ok) throw new Error('the store is not ready');
}
