// The services of the Compose file side by side as processes: in a network of their own with the names that Compose gives them, by
// the commands, variables, health checks and configuration files that the file says.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BIN } from './mlflow-server.js';

const READY_MS = 120_000;
const OUTPUT_LENGTH = 4000;
const PLUGIN = resolve('.cache/peers/bin/docker-compose');

/** A service as `docker compose config` tells it. */
export interface ComposeService {
  readonly image?: string;
  readonly command?: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly ports?: readonly { readonly host_ip?: string; readonly target: number }[];
  readonly volumes?: readonly { readonly type: string; readonly source: string; readonly target: string }[];
  readonly read_only?: boolean;
}

/** A Compose file as it was understood. */
export interface ComposeConfig {
  readonly services: Readonly<Record<string, ComposeService>>;
}

/** Compose, as a plugin of Docker or on its own; undefined where there is none. */
export function composeCommand(): readonly [string, ...string[]] | undefined {
  if (spawnSync('docker', ['compose', 'version']).status === 0) return ['docker', 'compose'];
  return existsSync(PLUGIN) ? [PLUGIN] : undefined;
}

/** What Compose makes of the file. @throws Error with what it says where it refuses it */
export function composeConfig(
  [program, ...args]: readonly [string, ...string[]],
  variables: Readonly<Record<string, string>>,
): ComposeConfig {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...variables };
  const options = ['--env-file', '/dev/null', 'config', '--format', 'json'];
  const { status, stdout, stderr } = spawnSync(program, [...args, ...options], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What a service's image says of itself, with the paths of this machine. */
export interface ImageDefaults {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: readonly string[];
}

/** Processes in a network of their own. */
export class ComposeStack {
  readonly #folder: string;
  readonly #holder: ChildProcess;
  readonly #running: ChildProcess[] = [];
  output = '';

  /** @param names what 127.0.0.1 is called inside */
  constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost ${names.join(' ')}\n`);
    const script = 'ip link set lo up && mount --bind "$0" /etc/hosts && echo up && exec sleep infinity';
    this.#holder = spawn('unshare', ['--net', '--mount', 'sh', '-c', script, join(folder, 'hosts')]);
  }

  /** Waits until the network is there. */
  async open(): Promise<void> {
    await once(this.#holder.stdout as NodeJS.EventEmitter, 'data');
  }

  /** Starts a service by its own command, or the one of its image, and waits until its health check passes. */
  async start(service: ComposeService, image: ImageDefaults): Promise<void> {
    const { command, environment = {}, healthcheck } = service;
    const here = this.#translation(service);
    const translated = Object.entries(environment).map(([name, value]) => [name, here(value ?? '')]);
    const env: Record<string, string> = { ...Object.fromEntries(translated), ...image.environment };
    const child = this.#spawn([...image.command, ...(command ?? [])].map(here), env);
    this.#running.push(child);
    const check = image.healthcheck ?? (healthcheck?.test ?? []).slice(1);
    for (const limit = Date.now() + READY_MS; (await this.run(check, env)) !== 0; await wait(250)) {
      if (child.exitCode !== null || Date.now() > limit) throw new Error(`not healthy: ${this.output}`);
    }
  }

  /** Runs a command inside. @returns its exit code */
  async run(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number | null> {
    const child = this.#spawn(command, env);
    await once(child, 'close');
    return child.exitCode;
  }

  /** Asks a service, as another one would. @returns what it answers as JSON */
  async ask(url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
    const program = `const answer = await fetch(process.argv[1], JSON.parse(process.argv[2])); console.log(await answer.text())`;
    const args = ['--input-type=module', '-e', program, url, JSON.stringify(options)];
    const inside = ['--target', String(this.#holder.pid), '--net', '--mount', process.execPath, ...args];
    const { stdout, stderr, status } = spawnSync('nsenter', inside, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  }

  /** Ends everything, the last first. */
  async stop(): Promise<void> {
    for (const child of this.#running.splice(0).reverse()) {
      if (child.exitCode === null && child.pid !== undefined) {
        process.kill(-child.pid, 'SIGTERM');
        await once(child, 'close');
      }
    }
    this.#holder.kill('SIGKILL');
  }

  /** Makes of the paths in a service those that they are here; named volumes are below the folder. */
  #translation({ volumes = [] }: ComposeService): (text: string) => string {
    const sources = new Map(volumes.map(({ type, source, target }) => [target, this.#place(type, source)]));
    const longestFirst = [...sources.keys()].sort((a, b) => b.length - a.length);
    const paths = new RegExp(`(?:${longestFirst.join('|')})(?=/|$)`, 'g');
    return (text) => text.replaceAll(paths, (target) => sources.get(target) ?? target);
  }

  #place(type: string, source: string): string {
    if (type === 'bind') return source;
    const path = join(this.#folder, source);
    mkdirSync(path, { recursive: true });
    return path;
  }

  #spawn(command: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
    const inside = ['--target', String(this.#holder.pid), '--net', '--mount', '--wd=.', ...command];
    const child = spawn('nsenter', inside, {
      cwd: resolve('.'),
      env: { PATH: `${BIN}:${process.env.PATH}`, HOME: this.#folder, ...env },
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => (this.output = (this.output + text).slice(-OUTPUT_LENGTH)));
    return child;
  }
}
