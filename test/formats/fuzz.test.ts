import { expect, test } from 'vitest';
import type { Task } from '../../src/core/feature-spec.js';
import { createRandom } from '../../src/core/random.js';
import { MODEL_FILE_FORMATS } from '../../src/formats/model-file-format.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { writeOnnxFile } from '../../src/models/write-onnx-file.js';
import { isRefused, mutated } from './mutate-file.js';
import { sampleModel } from './sample-model.js';

const N_FILES = 10_000;
const TASKS: readonly Task[] = ['binary', 'multiclass', 'regression'];

test('broken model files are refused with a code, or read', async () => {
  const models = await Promise.all(TASKS.map((task) => sampleModel(task, 2)));
  const files = models.flatMap((model) => [
    ...MODEL_FILE_FORMATS.map((format) => writeModelFile(model, format)),
    writeOnnxFile(model),
  ]);
  for (const file of files) expect(isRefused(file)).toBe(false);
  const random = createRandom(99);
  let nRefused = 0;
  for (let i = 0; i < N_FILES; i++) {
    nRefused += Number(isRefused(mutated(files[i % files.length] as Uint8Array, random)));
  }
  expect(nRefused).toBeGreaterThan(N_FILES / 4);
  expect(nRefused).toBeLessThan(N_FILES);
}, 120_000);
