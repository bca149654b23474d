import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { batchBodies } from '../../src/mlflow/log-batch.js';
import { wireKey, wireParams, wireTags } from '../../src/mlflow/wire-names.js';

it('makes keys that MLflow takes and that are paths below their folder, and leaves good ones alone', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.stringMatching(/^[./a]{0,8}$/)), (key) => {
      const made = wireKey(key);
      expect(posix.normalize(made)).toBe(made);
      expect(made).not.toMatch(/^\.\.?$|^\/|^\.\.\//);
      expect(() => batchBodies({ params: { [made]: '' } })).not.toThrow();
      expect(wireKey(made)).toBe(made);
    }),
  );
  for (const good of ['auc', 'a/b', 'fold 1:x-y_z.0']) expect(wireKey(good)).toBe(good);
});

it('shortens values past the limit, with a mark', () => {
  const long = 'x'.repeat(9000);
  expect(wireParams({ a: long }).a).toMatch(/^x{5999}…$/);
  expect(wireTags({ a: long, b: 'short' })).toEqual({ a: `${'x'.repeat(7999)}…`, b: 'short' });
});
