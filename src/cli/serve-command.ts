// tabwright serve: registered models behind HTTP, on Fastify.

import { Command, Option } from 'commander';
import type { FastifyInstance } from 'fastify';
import { tabwright } from '../../adapters/fastify.js';
import { REDACTED_PATHS } from '../core/redact.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { servingOptions } from '../serving/serving-options.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import type { AdminFlags } from './serve-admin.js';
import { openAdmin } from './serve-admin.js';
import type { ModelFlags } from './serve-models.js';
import { addModelFlags, openModels } from './serve-models.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface ServeFlags extends AdminFlags, ModelFlags {
  readonly registry: string;
  readonly port: string;
  readonly host: string;
  readonly prefix: string;
  readonly logLevel: string;
}

const IDLE_CHECK_MS = 50;
const PREFIX = /^(\/[\w.~-]+)*$/;
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

/** Builds the command. It ends when the signal is aborted, after the requests under way. */
export function serveCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = addModelFlags(new Command('serve').description('Serve registered models over HTTP'))
    .option('--port <number>', 'port to listen on; 0 for any free one', '8080')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--prefix <path>', 'path to mount the routes at', '')
    .addOption(
      new Option(
        '--auth <how>',
        'none: everybody may administer; where absent, who has a key of TABWRIGHT_API_KEYS ("name:scopes:key,…", scopes predict+admin)',
      ).choices(['none']),
    )
    .option('--artifacts <folder>', 'folder of profiles; with it, /eda is there')
    .option('--jobs <folder>', 'folder of jobs; jobs under --artifacts where absent')
    .addOption(new Option('--log-level <level>', 'least severe lines to log').choices(LOG_LEVELS).default('info'));
  addTableFlags(command, servingOptions);
  return addRegistryFlag(command).action(async (flags: ServeFlags) => {
    const [fastify, { pino }] = await Promise.all([loadFastify(), import('pino')]);
    const logger = pino({ level: flags.logLevel, redact: [...REDACTED_PATHS] }, pino.destination(2));
    const registry = openRegistry(flags.registry);
    const { predictors, follow } = await openModels(flags, registry, logger);
    const admin = await openAdmin(flags, registry);
    const app = fastify({ forceCloseConnections: 'idle' });
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url }) => {
      if (method !== 'HEAD') routes.push(`${method} ${url}`);
    });
    app.register(tabwright, {
      prefix: checkPrefix(flags.prefix),
      ...tableOptions({ ...flags }, servingOptions),
      ...admin,
      predictors,
      logger,
    });
    const address = await listen(app, { port: portNumber(flags.port), host: flags.host });
    for (const { current } of Object.values(predictors)) terminal.say(`Serving ${current.name}/${current.version}`);
    terminal.say(`Listening on ${address}${flags.prefix} (${routes.join(', ')})`);
    await Promise.all([aborted(signal), follow(signal)]);
    await close(app);
    await admin.jobs?.close();
  });
}

async function loadFastify(): Promise<typeof import('fastify').fastify> {
  try {
    return (await import('fastify')).fastify;
  } catch (cause) {
    throw new TabwrightError('PACKAGE_MISSING', 'serve needs the package fastify (version 5): npm install fastify@5', {
      cause,
    });
  }
}

async function listen(app: FastifyInstance, where: { port: number; host: string }): Promise<string> {
  try {
    return await app.listen(where);
  } catch (cause) {
    await app.close();
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new TabwrightError('LISTEN_FAILED', `serve: cannot listen on ${where.host}:${where.port} (${reason})`, {
      cause,
    });
  }
}

/** Ends after the requests under way. A connection that is kept alive after its last answer would hold the server open. */
async function close(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
  await app.close();
  clearInterval(idle);
}

function checkPrefix(prefix: string): string {
  if (PREFIX.test(prefix)) return prefix;
  throw new TabwrightError(
    'OPTION_INVALID',
    `serve: prefix must be empty or a path such as /ml with no / at its end, got ${JSON.stringify(prefix.slice(0, 40))}`,
  );
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535 && text.trim() !== '') return port;
  throw new TabwrightError(
    'OPTION_INVALID',
    `serve: port must be an integer in [0, 65535], got ${JSON.stringify(text.slice(0, 20))}`,
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
