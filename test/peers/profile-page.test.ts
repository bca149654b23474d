// The profile's page in a real browser: what a reader does with it, with and without a script, on a desk, a phone and paper.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { profilePage } from '../../src/eda/page/profile-page.js';
import { madeProfile } from '../eda/page/made-profile.js';
import { hasBrowser, launchBrowser } from './browser.js';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SHOTS = resolve('build/screenshots');
const HOSTILE = `<img src=x onerror="document.title='broken in'"><script>document.title='broken in'</script>`;

describe.skipIf(!hasBrowser)('the page of a profile in Chromium', () => {
  let browser: Browser;
  let folder = '';
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    folder = mkdtempSync(join(tmpdir(), 'tabwright-pages-'));
    mkdirSync(SHOTS, { recursive: true });
    writeFileSync(join(folder, 'narrow.html'), profilePage(madeProfile()));
    writeFileSync(join(folder, 'middle.html'), profilePage(madeProfile({ nColumns: 200 })));
    writeFileSync(join(folder, 'wide.html'), profilePage(madeProfile({ nColumns: 2000 })));
    const hostile = madeProfile({ name: (i) => `${HOSTILE} ${i}`, value: HOSTILE, changes: { title: 'hostile' } });
    writeFileSync(join(folder, 'hostile.html'), profilePage(hostile));
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page, watching for errors and requests. */
  async function open(file: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: DESK, ...options });
    const page = await context.newPage();
    page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) troubles.push(`request of ${request.url()}`);
    });
    await page.goto(`file://${join(folder, file)}`);
    if (options.javaScriptEnabled !== false)
      await page.waitForFunction(() => document.querySelector('#ct')?.textContent);
    return page;
  }

  function visibleRows(page: Page): Promise<number> {
    return page.locator('.v tbody tr:not([hidden])').count();
  }

  test('finds columns by name, type and alert, and sorts them', async () => {
    const page = await open('narrow.html');
    await page.keyboard.press('/');
    await page.keyboard.type('COLUMN 3');
    await expect.poll(() => visibleRows(page)).toBe(1);
    await page.fill('#q', 'nothing of the kind');
    await expect.poll(() => page.isVisible('#em')).toBe(true);
    await page.fill('#q', '');
    await page.selectOption('#ty', 'numeric');
    await expect.poll(() => visibleRows(page)).toBe(3);
    await page.selectOption('#ty', '');
    await page.selectOption('#so', 'missing');
    expect(await page.locator('.v tbody tr').first().locator('a').textContent()).toBe('column 8');
    await page.context().close();
  });

  test('opens a column by click and by link, goes on by arrow keys and gives the focus back', async () => {
    const page = await open('narrow.html');
    await page.click('.v tbody tr:nth-child(3) a');
    expect(await page.textContent('#dn')).toBe('column 2');
    expect(page.url()).toContain('#c2');
    await page.keyboard.press('ArrowRight');
    expect(await page.textContent('#dn')).toBe('column 3');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('column 2');
    await page.goto(`file://${join(folder, 'narrow.html')}#c4`);
    await expect.poll(() => page.textContent('#dn')).toBe('column 4');
    await page.context().close();
  });

  test('switches between light and dark', async () => {
    const page = await open('narrow.html', { colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.click('#theme');
    await page.click('#theme');
    expect(await page.textContent('#theme')).toBe('Theme: dark');
    expect(await ground()).not.toBe(light);
    await page.context().close();
  });

  test.each([
    ['narrow.html', DESK, 'light'],
    ['narrow.html', PHONE, 'dark'],
    ['middle.html', DESK, 'dark'],
    ['hostile.html', PHONE, 'light'],
  ] as const)(
    '%s at %o in %s has no accessibility violation and no sideways scroll',
    async (file, viewport, colorScheme) => {
      const page = await open(file, { viewport, colorScheme });
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      const name = `${file.replace('.html', '')}-${viewport.width}-${colorScheme}`;
      await page.screenshot({ path: join(SHOTS, `profile-${name}.png`), fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      await page.click('.v tbody tr:nth-child(1) a');
      await page.evaluate(() => {
        for (const each of document.querySelectorAll<HTMLDetailsElement>('dialog details')) each.open = true;
      });
      await page.screenshot({ path: join(SHOTS, `profile-${name}-column.png`) });
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    },
  );

  test('shows hostile names and values as text', async () => {
    const page = await open('hostile.html');
    await page.click('.v tbody tr:nth-child(2) a');
    expect(await page.textContent('#dn')).toBe(`${HOSTILE} 1`);
    expect(await page.title()).toBe('hostile');
    await page.context().close();
  });

  test('adds the rows of a wide table past the first ones', async () => {
    const page = await open('wide.html');
    expect(await visibleRows(page)).toBe(2000);
    await page.fill('#q', 'column 1999');
    await expect.poll(() => visibleRows(page)).toBe(1);
    await page.click('.v tbody tr:not([hidden]) a');
    expect(await page.textContent('#dn')).toBe('column 1999');
    await page.context().close();
  });

  test('can be read without a script', async () => {
    const page = await open('narrow.html', { javaScriptEnabled: false });
    expect(await visibleRows(page)).toBe(9);
    await page.click('.v tbody tr:nth-child(3) a');
    expect(await page.isVisible('#c2')).toBe(true);
    expect(await page.isVisible('#q')).toBe(false);
    await page.context().close();
  });

  test('prints its columns whole, on light paper', async () => {
    const page = await open('narrow.html', { colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#details .dt').count()).toBe(9);
    expect(await page.isVisible('#details')).toBe(true);
    expect(await page.isVisible('.bar')).toBe(false);
    const pdf = await page.pdf({ path: join(SHOTS, 'profile.pdf') });
    expect(pdf.length).toBeGreaterThan(10_000);
    await page.context().close();
  });

  test('none of this made a request, an error or a line on the console', () => {
    expect(troubles).toEqual([]);
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
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
