import { expect, test, vi } from 'vitest';
import { mlXgboost } from '../../src/models/ml-xgboost.js';
import { binaryData } from './training-data.js';

vi.mock('node:module', () => ({
  createRequire: () => ({
    resolve(name: string) {
      throw new Error(`Cannot find module '${name}'`);
    },
  }),
}));

test('where the package is not installed, the error names it and its versions', async () => {
  await expect(mlXgboost().fit(binaryData([0, 1], [1, 2]))).rejects.toMatchObject({
    code: 'PACKAGE_MISSING',
    message: expect.stringContaining('ml-xgboost ^1.1.2'),
  });
});
