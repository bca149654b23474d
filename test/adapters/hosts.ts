// The adapters, each in an application of its own framework that listens on a free port of this machine.
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { Hono } from 'hono';
import tabwrightExpress from '../../adapters/express.js';
import tabwrightFastify from '../../adapters/fastify.js';
import tabwrightFetch from '../../adapters/fetch.js';
import tabwrightLambda from '../../adapters/lambda.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { LAMBDA_EVENTS } from './lambda-events.js';
import { serveFetch } from './serve-fetch.js';
import { serveLambda } from './serve-lambda.js';

/** A listening application. */
export interface RunningHost {
  /** "http://127.0.0.1:12345". */
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts an application with the routes mounted at a path; empty is the root. */
export type StartHost = (options: ServingOptions, prefix?: string) => Promise<RunningHost>;

/** The adapters by name. */
export const HOSTS = {
  async fastify(options: ServingOptions, prefix = '') {
    const app = fastify();
    app.register(tabwrightFastify, { prefix, ...options });
    return listenFastify(app);
  },
  async express(options: ServingOptions, prefix = '') {
    const app = express();
    app.use(prefix === '' ? '/' : prefix, tabwrightExpress(options));
    return listenExpress(app);
  },
  'fetch on node:http': (options: ServingOptions, prefix = '') =>
    serveFetch({ fetch: tabwrightFetch({ basePath: prefix, ...options }) }),
  'fetch in Hono'(options: ServingOptions, prefix = '') {
    const app = new Hono();
    const handle = tabwrightFetch({ basePath: prefix, ...options });
    app.all(`${prefix}/*`, ({ req }) => handle(req.raw));
    return serveFetch(app);
  },
  ...Object.fromEntries(
    Object.entries(LAMBDA_EVENTS).map(([source, toEvent]): [string, StartHost] => [
      `lambda by ${source}`,
      (options, prefix = '') => serveLambda(tabwrightLambda({ basePath: prefix, ...options }), toEvent),
    ]),
  ),
} as const satisfies Readonly<Record<string, StartHost>>;

export async function listenFastify(app: FastifyInstance): Promise<RunningHost> {
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return { origin, close: () => app.close() };
}

export async function listenExpress(app: express.Express): Promise<RunningHost> {
  const server = await new Promise<ReturnType<typeof app.listen>>((resolve, reject) => {
    const listening = app.listen(0, '127.0.0.1', (error) => (error ? reject(error) : resolve(listening)));
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
