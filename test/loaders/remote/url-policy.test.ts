import type { LookupAddress, lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { type UrlPolicyOptions, urlPolicy } from '../../../src/loaders/remote/url-policy.js';

const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'SOURCE_REFUSED', message: expect.stringMatching(message) });

/** Answers each question with the next of these, and counts. */
function resolver(...answers: readonly string[][]) {
  const asked: string[] = [];
  const resolve = ((host: string, _: unknown, callback: (error: null, found: LookupAddress[]) => void) => {
    const addresses = answers[asked.length] ?? [];
    asked.push(host);
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as typeof lookup;
  return { asked, resolve };
}

function policy(options: Partial<UrlPolicyOptions> = {}, ...answers: readonly string[][]) {
  const { asked, resolve } = resolver(...answers);
  const { check, lookup } = urlPolicy({ allow: undefined, allowPrivate: false, ...options }, resolve);
  const find = (host: string, all = false): Promise<unknown> =>
    new Promise((done, fail) => {
      lookup(host, { all }, (error, address) => (error === null ? done(address) : fail(error)));
    });
  return { check: (url: string) => check(new URL(url)), find, asked };
}

describe('a URL policy', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://①②⑦.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://2852039166/',
    'http://[fd00:ec2::254]/',
  ])('refuses %s', (url) => {
    expect(() => policy().check(url)).toThrow(refused(/address that is not public/));
  });

  it.each(['ftp://example.com/a', 'file:///etc/passwd', 'gopher://example.com', 'data:text/csv,a'])(
    'refuses %s',
    (url) => {
      expect(() => policy().check(url)).toThrow(refused(/the scheme must be http or https, got \w+:$/));
    },
  );

  it('lets through public hosts, or those that are listed', () => {
    expect(() => policy().check('https://example.com/a.csv')).not.toThrow();
    const { check } = policy({ allow: ['Data.example.com', '*.example.org'] });
    for (const host of [
      'data.example.com',
      'DATA.EXAMPLE.COM',
      'data.example.com.',
      'a.example.org',
      'a.b.example.org',
    ]) {
      expect(() => check(`https://${host}/a.csv`), host).not.toThrow();
    }
    for (const host of [
      'example.com',
      'data.example.com.evil.net',
      'example.org',
      'evilexample.org',
      'xdata.example.com',
    ]) {
      expect(() => check(`https://${host}/a.csv`), host).toThrow(refused(/is not in allow$/));
    }
  });

  it('lets private addresses through where they are allowed, link-local ones and metadata services never', async () => {
    const open = policy({ allowPrivate: true }, ['10.0.0.1'], ['169.254.169.254']);
    expect(() => open.check('http://127.0.0.1:9000/a.csv')).not.toThrow();
    for (const url of ['http://169.254.169.254/', 'http://[fe80::1]/', 'http://[::ffff:a9fe:a9fe]/']) {
      expect(() => open.check(url), url).toThrow(refused(/not public/));
    }
    expect(await open.find('inside')).toBe('10.0.0.1');
    await expect(open.find('metadata.google.internal')).rejects.toThrow(refused(/^httpFile: the host metadata.google/));
  });

  it('resolves a name once for a connection and gives it the addresses that it checked', async () => {
    const rebinding = policy({}, ['93.184.216.34'], ['127.0.0.1']);
    expect(await rebinding.find('rebind.example')).toBe('93.184.216.34');
    expect(rebinding.asked).toEqual(['rebind.example']);
    await expect(rebinding.find('rebind.example')).rejects.toThrow(refused(/rebind\.example has an address/));
  });

  it('refuses a name with any address that may not be read', async () => {
    const mixed = policy({}, ['93.184.216.34', '127.0.0.1'], ['2606:4700:4700::1111', '::1'], ['::ffff:10.0.0.1']);
    for (let i = 0; i < 3; i++) await expect(mixed.find('mixed.example', true)).rejects.toThrow(refused(/not public/));
    const all = policy({}, ['93.184.216.34', '2606:4700:4700::1111']);
    expect(await all.find('good.example', true)).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:4700:4700::1111', family: 6 },
    ]);
    await expect(policy().find('nowhere.example')).rejects.toThrow('no address');
  });
});
