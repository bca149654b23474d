// A PostgreSQL server of its own for a test, on 127.0.0.1, in a temporary folder.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type ChildServer, childServer } from './child-server.js';

const DEBIAN = '/usr/lib/postgresql';
const folders = [
  ...(process.env.PATH ?? '').split(':'),
  ...(existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : []),
];
// The Debian package has only some programs on the PATH.
const BIN = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));

/** Whether the server's programs are there. */
export const hasPostgres = BIN !== undefined;

/** Starts a server with the user and database postgres, no password asked. */
export async function postgresServer(): Promise<ChildServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tabwright-pg-'));
  const user = serverUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const data = join(folder, 'data');
  const program = (name: string) => join(BIN ?? '', name);
  const initdb = ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C'];
  const { status, stderr } = spawnSync(program('initdb'), initdb, { ...user, cwd: folder, encoding: 'utf8' });
  if (status !== 0) {
    remove();
    throw new Error(`initdb failed: ${stderr}`);
  }
  const settings = ['listen_addresses=127.0.0.1', 'fsync=off', 'timezone=America/New_York'];
  const server = await childServer(
    (port) => [
      program('postgres'),
      ...['-D', data, '-k', folder, '-p', String(port)],
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...user, cwd: folder },
  );
  await ready(server.port);
  return { port: server.port, stop: () => server.stop().finally(remove) };
}

/** The server refuses to run as root. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/** A server that starts takes connections before it takes queries. */
async function ready(port: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres' });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (attempt === 100) throw error;
      await wait(100);
    }
  }
}
