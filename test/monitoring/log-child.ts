// A process that logs predictions: `load FOLDER` goes on until it is killed and says what is written; `fill FOLDER` goes on until the
// disk is full, and says how predicting went on.
import { filePredictionLog } from '../../src/monitoring/log/file-prediction-log.js';
import { readPredictionLog } from '../../src/monitoring/log/read-prediction-log.js';
import { monitor } from '../../src/monitoring/monitor.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';

const [mode, folder = ''] = process.argv.slice(2);
const predictor = stubPredictor({ score: ({ x }) => Number(x) });
const options = mode === 'fill' ? { flushMs: 5, retryMs: 5, maxPending: 2000 } : {};
const log = await filePredictionLog(folder, options);
const watching = await monitor({ predictors: { m: predictor }, log });
let made = 0;

function predict(count: number): void {
  for (let i = 0; i < count; i++) {
    const row = { x: (made % 100) / 100 };
    watching.predicted('m', `id-${made}`, row, predictor.predictOne(row));
    made++;
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

if (mode === 'load') {
  for (;;) {
    predict(50);
    await pause(1);
    // Whole lines only: a line that a kill cuts off is left out by the parent.
    process.stdout.write(`${JSON.stringify({ made, atMs: performance.now() })}\n`);
  }
}

for (let turn = 0; turn < 400 && log.counts().dropped === 0; turn++) {
  predict(200);
  await pause(5);
}
predict(1000);
const before = log.counts();
await watching.close();
let read = 0;
for await (const records of readPredictionLog(folder)) read += records.length;
const { nRows } = watching.performance('m').estimated ?? { nRows: 0 };
console.log(JSON.stringify({ made, estimatedRows: nRows, droppedInTime: before.dropped, ...log.counts(), read }));
