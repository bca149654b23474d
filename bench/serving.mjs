// Servers and load are processes of their own; one server answers at a time.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { measureProcess } from './harness/measure-process.mjs';

export const question =
  'What is left of Fastify under our /predict? One row of 28 numbers as JSON, against a Fastify route that checks the same row and answers with a constant.';

const CONNECTIONS = 64;
/** Many short turns: a busy moment of the machine spoils one, and the median leaves it out. */
const SECONDS = 0.7;
const ROUNDS = 15;
const PEER = 'Fastify trivial';

export async function run({ compare, version }) {
  version('fastify', createRequire(import.meta.url)('fastify/package.json').version);
  const servers = { trivial: await startServer('trivial') };
  try {
    for (const model of ['constant', 'logistic']) {
      servers[model] = await startServer(model);
      const alternatives = { ours: () => load(servers[model].port), [PEER]: () => load(servers.trivial.port) };
      await compare(`single row, ${model}, ${CONNECTIONS} connections`, alternatives, { rounds: ROUNDS, warmup: 2 });
    }
  } finally {
    for (const { child } of Object.values(servers)) child.kill();
  }
}

function startServer(kind) {
  const child = fork(script('serving-server'), [kind]);
  return new Promise((resolve, reject) => {
    child.once('message', ({ port }) => resolve({ child, port }));
    child.once('exit', (code) => reject(new Error(`a benchmarked server ended with ${code}`)));
  });
}

async function load(port) {
  const args = [script('serving-load'), port, CONNECTIONS, SECONDS].map(String);
  return JSON.parse((await measureProcess(process.execPath, args)).stdout);
}

function script(name) {
  return fileURLToPath(new URL(`peers/${name}.mjs`, import.meta.url));
}
