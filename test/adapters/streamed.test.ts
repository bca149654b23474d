// Answers in pieces on every adapter with sockets: whole, left by HEAD, left by their reader, broken off.
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RouteDeclaration } from '../../src/serving/route.js';
import { exchange } from './exchange.js';
import type { RunningHost } from './hosts.js';
import { HOSTS } from './hosts.js';

const left: string[] = [];
vi.mock('../../src/serving/routes/health.js', () => {
  async function* pieces(name: string, count: number): AsyncGenerator<string> {
    try {
      for (let i = 0; i < count; i++) yield `${i},`;
      if (name === 'broken') throw new Error('secret');
    } finally {
      left.push(name);
    }
  }
  const declared = (name: string, count: number): RouteDeclaration => ({
    operation: name,
    method: 'GET',
    path: `/${name}`,
    scope: 'open',
    model: 'none',
    summary: 'Pieces.',
    describe: () => ({ answer: {} }),
    handle: () => ({ mediaType: 'text/csv', body: pieces(name, count) }),
  });
  return { healthRoutes: () => [declared('short', 3), declared('endless', 1e9), declared('broken', 2)] };
});

const { fastify, express, 'fetch on node:http': fetching, 'fetch in Hono': hono } = HOSTS;
describe.each(Object.entries({ fastify, express, fetching, hono }))('%s', (_name, start) => {
  let host: RunningHost;
  beforeAll(async () => {
    host = await start({ predictors: {} });
  });
  afterAll(() => host.close());

  const isLeft = (name: string) => vi.waitFor(() => expect(left).toContain(name), { timeout: 10_000 });

  test('sends the pieces', async () => {
    expect((await exchange(host.origin, { path: '/short' })).text).toBe('0,1,2,');
  });

  test('answers HEAD with none of them', async () => {
    left.length = 0;
    expect(await exchange(host.origin, { method: 'HEAD', path: '/endless' })).toMatchObject({ status: 200, text: '' });
    await isLeft('endless');
  });

  test('stops where the client goes away', async () => {
    left.length = 0;
    await new Promise<void>((resolve) => {
      const sent = get(`${host.origin}/endless`, { agent: false }, (response) => {
        response.once('data', () => {
          sent.destroy();
          resolve();
        });
        response.on('error', () => {});
      });
    });
    await isLeft('endless');
  });

  test('breaks off where a piece cannot be made', async () => {
    await expect(exchange(host.origin, { path: '/broken' })).rejects.toThrow();
    expect((await exchange(host.origin, { path: '/short' })).status).toBe(200);
  });
});
