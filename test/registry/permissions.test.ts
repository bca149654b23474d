// A registry that this user may read but not write, or not even read. Root may do all, so a child gives up being root.
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { childProgram } from './start-child.js';

const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
/** Not where Node stands in a folder of root's own. */
const canGiveUpRoot = spawnSync(process.execPath, ['--version'], NOBODY).status === 0;
let folder = '';
let models = '';
let program = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'permissions-'));
  models = join(folder, 'models');
  program = await childProgram(folder);
  await chmod(folder, 0o755);
  await fileRegistry(models).put('adult', new Map([['model', Uint8Array.of(1)]]));
});
afterAll(async () => {
  await chmod(models, 0o755);
  await chmod(join(models, '.staging'), 0o755);
  await rm(folder, { recursive: true });
});

function fill() {
  return spawnSync(process.execPath, [program, models, 'fill', 'a', '1'], { ...NOBODY, encoding: 'utf8' });
}

test.skipIf(process.platform === 'win32' || !canGiveUpRoot)(
  'reads what may be read, and says what cannot be written',
  async () => {
    await chmod(models, 0o555);
    await chmod(join(models, '.staging'), 0o555);
    const { stdout, stderr } = fill();
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ code: 'STORAGE_FAILED', told: [], versions: [1], leftovers: [] });
  },
);

test.skipIf(process.platform === 'win32' || !canGiveUpRoot)(
  'says what cannot be read, instead of finding no model',
  async () => {
    await chmod(models, 0o000);
    const { stderr } = fill();
    expect(stderr).toContain(`TabwrightError: cannot list ${join(models, 'adult', 'versions')}: EACCES`);
    expect(stderr).toContain("code: 'STORAGE_FAILED'");
  },
);
