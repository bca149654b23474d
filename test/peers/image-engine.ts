// Builds and runs container images: by Docker where its engine runs; else a program that builds into buildah's store is named by
// TABWRIGHT_IMAGE_BUILDER, and an image is run from its mounted root, read-only, as the image's user.
import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The part of an image's configuration that is looked at here. */
export interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly WorkingDir: string;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

/** How a container is started. */
export interface Start {
  readonly tag: string;
  /** Folder of this machine with `input`. What containers write to /data is kept until `clean`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** In place of the image's own. */
  readonly command?: readonly string[];
}

/** Something that builds and runs images. */
export interface ImageEngine {
  build(context: string, tag: string): void;
  config(tag: string): ImageConfig;
  /** A container on this machine's network with a read-only root. Signals reach its process. */
  start(start: Start): ChildProcess;
  /** Removes what `start` left behind. */
  clean(): void;
}

const VOLUME = 'tabwright-test';
const BUILDER = process.env.TABWRIGHT_IMAGE_BUILDER;

/** What there is to work with; undefined where nothing is. */
export function imageEngine(): ImageEngine | undefined {
  if (spawnSync('docker', ['info']).status === 0) return docker;
  return BUILDER === undefined ? undefined : buildah(BUILDER);
}

const docker: ImageEngine = {
  build: (context, tag) => void run('docker', ['build', '--quiet', '--tag', tag, context]),
  config: (tag) => JSON.parse(run('docker', ['image', 'inspect', '--format', '{{json .Config}}', tag])),
  start({ tag, folder, environment, command = [] }) {
    const variables = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const volumes = ['--volume', `${VOLUME}:/data`, '--volume', `${join(folder, 'input')}:/input:ro`];
    return spawn('docker', ['run', '--rm', '--read-only', '--network=host', ...volumes, ...variables, tag, ...command]);
  },
  clean: () => void run('docker', ['volume', 'rm', '--force', VOLUME]),
};

function buildah(builder: string): ImageEngine {
  const roots = new Map<string, { readonly container: string; readonly path: string }>();
  const config = (tag: string): ImageConfig =>
    JSON.parse(run('buildah', ['inspect', '--type', 'image', tag])).Docker.config;

  /** The mounted root of an image, one for all that run on it as none of them writes to it. */
  function rootOf(tag: string): string {
    const known = roots.get(tag);
    if (known !== undefined) return known.path;
    const container = run('buildah', ['from', '--pull-never', tag]).trim();
    const path = run('buildah', ['mount', container]).trim();
    roots.set(tag, { container, path });
    return path;
  }

  return {
    build: (context, tag) => void run(builder, [context, tag]),
    config,
    start({ tag, folder, environment, command }) {
      const { User, Env, Cmd, WorkingDir } = config(tag);
      const variables = [...Env, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
      const script = [
        'set -e',
        'mount --bind "$ROOT" "$ROOT"',
        'mount --rbind /dev "$ROOT/dev"',
        'mount --bind "$DATA" "$ROOT/data"',
        'mount --bind "$INPUT" "$ROOT/input"',
        'mount -o remount,bind,ro "$ROOT/input"',
        'mount -o remount,bind,ro "$ROOT"',
        'exec chroot --userspec="$USERSPEC" "$ROOT" env -i "$@"',
      ].join('\n');
      const inside = ['-C', WorkingDir, ...variables, ...(command ?? Cmd)];
      return spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', ...inside], {
        env: {
          PATH: process.env.PATH,
          ROOT: rootOf(tag),
          DATA: writable(folder),
          INPUT: join(folder, 'input'),
          USERSPEC: User,
        },
      });
    },
    clean() {
      for (const { container } of roots.values()) run('buildah', ['rm', container]);
      roots.clear();
    },
  };
}

/** The data folder, which belongs to the image's user as a volume that Docker makes would. */
function writable(folder: string): string {
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  chownSync(data, 1000, 1000);
  return data;
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed: ${error?.message ?? stderr.slice(-2000)}`);
  return stdout;
}
