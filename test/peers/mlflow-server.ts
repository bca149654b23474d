// A real MLflow server of its own for a test file: SQLite, artifacts through the proxy, a free port, ended by its process id.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** Programs of the environment that MLflow is installed in. */
export const BIN = join(ROOT, '.cache/peers/mlflow/bin');
const START_TIMEOUT_MS = 120_000;

/** Whether MLflow is installed. */
export const hasMlflow = existsSync(join(BIN, 'mlflow'));

/** A running server. */
export interface MlflowServer {
  readonly uri: string;
  /** Folder of its database and artifacts, removed at the end. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Environment of everything of MLflow's that is started here. */
export const MLFLOW_ENVIRONMENT = {
  ...process.env,
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
  MLFLOW_DISABLE_TELEMETRY: 'true',
  DO_NOT_TRACK: 'true',
  MLFLOW_ALLOW_FILE_STORE: 'true',
  MLFLOW_WEBHOOK_ALLOWED_SCHEMES: 'http,https',
  MLFLOW_WEBHOOK_ALLOW_PRIVATE_IPS: 'true',
  MLFLOW_WEBHOOK_CACHE_TTL: '0',
  PATH: `${BIN}:${process.env.PATH}`,
};

/** What a server is started with. */
export interface MlflowServerOptions {
  /** Its store, where it is not a new database. */
  readonly backend?: string;
  /** Where artifacts go, where it is not a folder of its own. */
  readonly artifacts?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

/** Starts a server. */
export async function startMlflow(options: MlflowServerOptions = {}): Promise<MlflowServer> {
  const { backend, artifacts, environment = {}, flags = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tabwright-mlflow-'));
  const port = await freePort();
  const store = backend ?? `sqlite:///${folder}/mlflow.db`;
  const places = [
    '--backend-store-uri',
    store,
    '--artifacts-destination',
    artifacts ?? join(folder, 'artifacts'),
    '--serve-artifacts',
  ];
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const child = spawn(join(BIN, 'mlflow'), ['server', ...listen, ...places, ...flags], {
    env: { ...MLFLOW_ENVIRONMENT, ...environment },
    cwd: folder,
    stdio: 'ignore',
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const uri = `http://127.0.0.1:${port}`;
  const stop = async () => {
    // The server's workers are in its process group.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !(await isReady(uri)); waited += 250) {
    if (waited > START_TIMEOUT_MS || child.exitCode !== null) {
      await stop();
      throw new Error('the MLflow server did not start');
    }
    await setTimeout(250);
  }
  return { uri, folder, stop };
}

/** A server and a spool folder for the tests of a file, there from the first one on. */
export interface MlflowPlace {
  readonly uri: string;
  readonly spool: string;
}

/** Starts a server before the tests of a `describe` block and removes all after them. */
export function useMlflow(options: MlflowServerOptions = {}): MlflowPlace {
  let server: MlflowServer | undefined;
  const spool = mkdtempSync(join(tmpdir(), 'tabwright-spool-'));
  beforeAll(async () => {
    server = await startMlflow(options);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(spool, { recursive: true, force: true });
  });
  return {
    spool,
    get uri() {
      return server?.uri ?? '';
    },
  };
}

/** Runs MLflow's command line. */
export function runMlflow(...args: string[]): string {
  return run(join(BIN, 'mlflow'), args);
}

/** Runs a script of this folder with MLflow's Python. @returns its JSON */
export function runMlflowPython(script: string, ...args: string[]): unknown {
  return JSON.parse(
    run(join(BIN, 'python'), [join(import.meta.dirname, script), ...args])
      .trim()
      .split('\n')
      .at(-1) ?? '',
  );
}

function run(program: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { env: MLFLOW_ENVIRONMENT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed: ${stderr}`);
  return stdout;
}

async function isReady(uri: string): Promise<boolean> {
  return fetch(`${uri}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** A port that fetch accepts: it refuses some low ones. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
