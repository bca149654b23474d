// The page of API documents in a real browser: on a desk and a phone, light and dark, with no request but the one for itself.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import fastify from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import tabwright from '../../adapters/fastify.js';
import { diamond, penguin, prospect } from '../adapters/models.js';
import { hasBrowser, launchBrowser } from './browser.js';

const SHOTS = resolve('build/screenshots');
const SIZES = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };

describe.skipIf(!hasBrowser)('the page of API documents in Chromium', () => {
  let browser: Browser;
  const app = fastify();
  let origin: string;
  const troubles: string[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await launchBrowser();
    const predictors = { prospect: prospect(), penguin: penguin(), diamond: diamond() };
    const options = { predictors, defaultModel: 'prospect', auth: 'none', mlflow: true, openInference: true } as const;
    app.register(tabwright, { prefix: '/ml', ...options });
    origin = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await browser?.close();
    await app.close();
  });

  async function open(size: keyof typeof SIZES, colorScheme: 'light' | 'dark', anchor = ''): Promise<Page> {
    const page = await (await browser.newContext({ viewport: SIZES[size], colorScheme })).newPage();
    const address = `${origin}/ml/docs`;
    page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address) troubles.push(`request of ${request.url()}`);
    });
    await page.goto(`${address}${anchor}`);
    return page;
  }

  test.each([
    ['desk', 'light'],
    ['desk', 'dark'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const)('on a %s in %s has no accessibility violation and no sideways scroll', async (size, scheme) => {
    const page = await open(size, scheme);
    await page.screenshot({ path: join(SHOTS, `docs-${size}-${scheme}.png`) });
    await page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true;
    });
    await page.screenshot({ path: join(SHOTS, `docs-${size}-${scheme}-open.png`), fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('opens the operation of a link, and the schema that it refers to', async () => {
    const page = await open('desk', 'light', '#predictModel_penguin');
    expect(await page.isVisible('#predictModel_penguin pre')).toBe(true);
    expect(await page.isVisible('#predictModel_diamond pre')).toBe(false);
    await page.click('#predictModel_penguin a[href="#schema-penguin-Row"]');
    await expect.poll(() => page.isVisible('#schema-penguin-Row table')).toBe(true);
    await page.context().close();
  });

  test('none of this made a request, an error or a line on the console', () => {
    expect(troubles.filter((each) => !each.includes('favicon'))).toEqual([]);
  });
});

/** What axe finds, in words. It is put into the page by the browser, which the page's own policy does not bind. */
async function violations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await session.send('Runtime.evaluate', { expression: axe.source });
  const found = await page.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    return (await run(document)).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
