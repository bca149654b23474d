// A million broken model files: no crash, no read over a second, no memory over a gigabyte, only errors with codes.
import { expect, test } from 'vitest';
import { createRandom } from '../../src/core/random.js';
import { MODEL_FILE_FORMATS } from '../../src/formats/model-file-format.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { writeOnnxFile } from '../../src/models/write-onnx-file.js';
import { isRefused, mutated } from '../formats/mutate-file.js';
import { sampleModel } from '../formats/sample-model.js';

/** How many files, and after how many seconds to stop before. */
const N_FILES = Number(process.env.TABWRIGHT_FUZZ_FILES ?? 1_000_000);
const MAX_SECONDS = Number(process.env.TABWRIGHT_FUZZ_SECONDS ?? 3_000);
const MAX_MS = 1000;
const MAX_BYTES = 2 ** 30;

test(`${N_FILES} broken model files`, async () => {
  const models = await Promise.all(
    (['binary', 'multiclass', 'regression'] as const).map((task) => sampleModel(task, 2)),
  );
  const files = models.flatMap((model) => [
    ...MODEL_FILE_FORMATS.map((format) => writeModelFile(model, format)),
    writeOnnxFile(model),
  ]);
  const seed = Date.now() % 2 ** 31;
  const random = createRandom(seed);
  const end = performance.now() + MAX_SECONDS * 1000;
  let [nFiles, nRefused, longest] = [0, 0, 0];
  while (nFiles < N_FILES && performance.now() < end) {
    const bytes = mutated(files[nFiles % files.length] as Uint8Array, random);
    const started = process.cpuUsage();
    nRefused += Number(isRefused(bytes));
    // Of processor time: what else the machine does is no hang.
    longest = Math.max(longest, process.cpuUsage(started).user / 1000);
    nFiles += 1;
  }
  const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
  console.log(`seed ${seed}: ${nFiles} files, ${nRefused} refused, longest ${longest.toFixed(1)} ms, ${megabytes} MB`);
  expect(longest).toBeLessThan(MAX_MS);
  expect(process.memoryUsage.rss()).toBeLessThan(MAX_BYTES);
}, 3_600_000);
