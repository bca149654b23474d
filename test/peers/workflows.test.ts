// The workflows of CI and releases: linted, with scripts that are there, and with no more rights than they need.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { describeGiven } from './describe-given.js';

const FOLDER = '.github/workflows';
const ACTIONLINT = resolve('.cache/peers/bin/actionlint');
const files = readdirSync(FOLDER).map((file) => ({ file, text: readFileSync(`${FOLDER}/${file}`, 'utf8') }));
const given = existsSync(ACTIONLINT) ? ACTIONLINT : undefined;

describeGiven('the workflows', { given, needs: 'actionlint' }, (actionlint) => {
  test('are what actionlint finds nothing wrong with', () => {
    const { status, stdout } = spawnSync(actionlint, ['-no-color'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });

  test.each(files)('$file runs scripts that the package has', ({ text }) => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const called = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
  });

  test.each(files)('$file uses actions of a pinned version, and leaves no token in the checkout', ({ text }) => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
    expect(actions.filter((action) => !/@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
    const checkouts = actions.filter((action) => action.startsWith('actions/checkout@')).length;
    expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts);
  });

  test('may read only, but for the job that publishes, which may prove who it is', () => {
    const rights = files.flatMap(({ text }) => text.match(/^ *[\w-]+: write$/gm) ?? []);
    expect(rights.map((right) => right.trim())).toEqual(['id-token: write']);
    for (const { file, text } of files) expect(text, file).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m);
    expect(readFileSync(`${FOLDER}/release.yml`, 'utf8')).toContain('npm publish --provenance');
  });
});
