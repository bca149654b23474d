// The built command line over a feature store: build, list, show, diff, materialise, get.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const CLI = resolve('dist/cli.js');
// Inside the package, so that the module of views finds it by name.
const folder = resolve('build/features-command');
const FILES = {
  'views.mjs': `
    import { defineView } from 'tabwright';
    export const people = defineView({
      entity: 'id',
      sources: { people: {}, actions: { time: 'at' } },
      features: {
        plan: { from: 'people', column: 'plan', type: 'string' },
        spent: { from: 'actions', take: 'sum', column: 'amount' },
        lastAt: { from: 'actions', take: 'last', column: 'at', type: 'datetime' },
      },
    });
    export const other = 1;`,
  'people.csv': 'id,plan,trial_end\n1,pro,2026-02-01\n2,,2026-03-01\n',
  'actions.csv': 'id,at,amount\n1,2026-01-05,2.5\n1,2026-01-20,4\n2,2026-02-05,1\n',
};

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function features(...args: string[]): Promise<Run> {
  return new Promise((done) => {
    execFile(process.execPath, [CLI, 'features', ...args, '--dir', 'store'], { cwd: folder }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const build = (...args: string[]) =>
  features(
    'build',
    'people',
    '--module',
    'views.mjs',
    '--data',
    'people=people.csv',
    '--data',
    'actions=actions.csv',
    ...args,
  );

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  expect(await build('--at', '2026-01-10', '--code-version', 'abc')).toMatchObject({ code: 0, out: '' });
  expect((await build('--moments', 'people', '--time', 'trial_end', '--until', '2026-02-15')).err).toBe(
    'people/2: 3 rows of 2 entities, 1 of its own\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('lists and shows versions, as a table and as JSON', async () => {
  expect((await features('list')).out).toMatch(
    /^view +version +rows +entities.*\npeople +1 +2 +2 .* abc\npeople +2 +3 +2 /,
  );
  const listed = JSON.parse((await features('list', 'people', '--json')).out);
  expect(listed.map(({ version, codeVersion }: Record<string, unknown>) => [version, codeVersion])).toEqual([
    [1, 'abc'],
    [2, ''],
  ]);
  const shown = JSON.parse((await features('show', 'people/1', '--json')).out);
  expect(shown).toMatchObject({ version: 1, watermark: '2026-01-10T00:00:00.000Z', nRows: 2, models: [] });
  expect((await features('show', 'people')).out).toContain('models: none');
});

test('compares versions', async () => {
  const diff = JSON.parse((await features('diff', 'people', '1', '2', '--json')).out);
  expect(diff.features[1]).toEqual({ name: 'spent', missing: { from: 0, to: 0 }, mean: { from: 1.25, to: 3 } });
  expect((await features('diff', 'people', '1', '2')).out).toMatch(/spent +0.0000 +0.0000 +1.2500 +3.0000/);
});

test('brings a version online and looks entities up, numbers as numbers', async () => {
  expect((await features('get', 'people', '1')).code).toBe(4);
  expect((await features('materialise', 'people/1')).err).toBe('people/1 is online: 2 entities written, 0 removed\n');
  const { version, nWritten } = JSON.parse((await features('materialize', 'people', '--json')).out);
  expect({ version, nWritten }).toEqual({ version: 2, nWritten: 1 });
  expect(JSON.parse((await features('get', 'people', '1', '--json')).out)).toEqual({
    plan: 'pro',
    spent: 6.5,
    lastAt: '2026-01-20T00:00:00.000Z',
  });
  expect((await features('get', 'people', '2')).out).toMatch(/plan\nspent +0\nlastAt$/m);
  expect((await features('get', 'people', '1', '--ttl-days', 'people=0.5')).err).toContain('FEATURES_EXPIRED');
});

test.each([
  [['build', 'people', '--module', 'views.mjs', '--data', 'people=people.csv'], 2, 'give either --at or --moments'],
  [['build', 'peple', '--module', 'views.mjs', '--data', 'a=b'], 4, 'did you mean people?'],
  [['build', 'people', '--module', 'none.mjs', '--data', 'a=b'], 4, 'cannot import none.mjs'],
  [['build', 'people', '--module', 'views.mjs', '--data', 'b'], 2, '--data must be source=file'],
  [['build', 'people', '--module', 'views.mjs', '--data', 'people=people.csv', '--at', 'today'], 2, 'ISO 8601'],
  [
    ['build', 'people', '--module', 'views.mjs', '--data', 'people=people.csv', '--at', '2026-01-01'],
    2,
    'table actions',
  ],
  [['list', 'peple'], 4, 'did you mean people?'],
  [['show', 'people/9'], 4, 'has no version 9'],
  [['diff', 'people', '1', 'x'], 2, 'version must be a whole number'],
  [['get', 'people', '99'], 4, 'FEATURES_NOT_FOUND'],
] as const)('refuses features %j', async (args, code, message) => {
  const run = await features(...args);
  expect(run.err).toContain(message);
  expect(run).toMatchObject({ code, out: '' });
});
