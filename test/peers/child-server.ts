// Starts a server program of the machine for a test and ends it by its process id.
import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const READY_MS = 60_000;

/** A server on 127.0.0.1 that takes connections. */
export interface ChildServer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * @param command gives program and arguments for a free port
 * @throws Error with what the program wrote, where it ends or takes no connection within a minute
 */
export async function childServer(
  command: (port: number) => readonly [string, ...string[]],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly uid?: number;
    readonly gid?: number;
    readonly cwd?: string;
  } = {},
): Promise<ChildServer> {
  const port = await freePort();
  const [program, ...args] = command(port);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  for (const limit = Date.now() + READY_MS; !(await answers(port)); ) {
    if (hasEnded(child) || Date.now() > limit) {
      await stop();
      throw new Error(`${program} did not start: ${output}`);
    }
    await wait(100);
  }
  return { port, stop };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
