// Our training in a process of its own, for bench/boosting.mjs: reads the training rows of a file of float32 columns and fits once.
// Arguments: the bundle of gradientBoosting, the file, and as JSON { nRows, nTrain, nFeatures, options }.
import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [bundle, path, request] = process.argv.slice(2);
const { nRows, nTrain, nFeatures, options } = JSON.parse(request);
const { gradientBoosting } = await import(pathToFileURL(bundle).href);
const columns = await readTrainingColumns();
const target = Float64Array.from(columns.pop());
const features = columns.map((_, j) => ({ name: `x${j}`, kind: 'numeric' }));
const train = { features: { nRows: nTrain, features, columns }, target, task: 'binary', nClasses: 2 };
await gradientBoosting(options).fit(train);

async function readTrainingColumns() {
  const file = await open(path);
  const read = [];
  for (let j = 0; j <= nFeatures; j++) {
    const column = new Float32Array(nTrain);
    await file.read(new Uint8Array(column.buffer), 0, column.byteLength, j * nRows * 4);
    read.push(column);
  }
  await file.close();
  return read;
}
