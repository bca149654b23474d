import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { storageError, systemCode } from '../../src/core/storage-error.js';

const failed = (code: string) => Object.assign(new Error('inner'), { code });

test.each(['ENOSPC', 'EDQUOT'])('%s means that the disk is full', (code) => {
  const cause = failed(code);
  const error = storageError('cannot write models/a', cause);
  expect(error).toMatchObject({
    code: 'STORAGE_FULL',
    message: `cannot write models/a: no space left (${code})`,
    cause,
  });
});

test.each(['EACCES', 'EIO', 'EROFS', 'ENOENT'])('%s is named after the action', (code) => {
  const error = storageError('cannot write models/a', failed(code));
  expect(error).toMatchObject({ code: 'STORAGE_FAILED', message: `cannot write models/a: ${code}` });
});

test.each([[new Error('inner')], ['text'], [undefined], [{ code: 'ENOSPC' }]])('needs no code in %o', (cause) => {
  expect(storageError('cannot write models/a', cause)).toMatchObject({
    code: 'STORAGE_FAILED',
    message: 'cannot write models/a',
    cause,
  });
});

test('reads the code of what the file system throws', async () => {
  const error = await readFile('no/such/file').catch((thrown) => thrown);
  expect(systemCode(error)).toBe('ENOENT');
});
