// A million broken model files: no crash, no read over a second, no memory over a gigabyte, only errors with codes.
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { MODEL_FILE_FORMATS } from '../../src/formats/model-file-format.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { isRefused, mutated } from '../formats/mutate-file.js';
import { sampleModel } from '../formats/sample-model.js';

const N_FILES = Number(process.env.TABWRIGHT_FUZZ_FILES ?? 1_000_000);
const MAX_MS = 1000;
const MAX_BYTES = 2 ** 30;

test(`${N_FILES} broken model files`, async () => {
  const models = await Promise.all(
    (['binary', 'multiclass', 'regression'] as const).map((task) => sampleModel(task, 2)),
  );
  const files = models.flatMap((model) => MODEL_FILE_FORMATS.map((format) => writeModelFile(model, format)));
  const random = createRandom(Date.now() % 2 ** 31);
  let longest = 0;
  for (let i = 0; i < N_FILES; i++) {
    const bytes = mutated(files[i % files.length] as Uint8Array, random);
    const started = performance.now();
    isRefused(bytes);
    longest = Math.max(longest, performance.now() - started);
  }
  expect(longest).toBeLessThan(MAX_MS);
  expect(process.memoryUsage.rss()).toBeLessThan(MAX_BYTES);
}, 3_600_000);
