// Runs the npm package ml-xgboost in a worker thread: it installs process-wide handlers, prints, and blocks until it is done.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { TabwrightError } from '../core/tabwright-error.js';

/** What the package is asked to do. */
export interface PackageJob {
  /** XGBoost parameters by XGBoost's names, and `iterations`. */
  readonly params: Readonly<Record<string, string | number>>;
  /** Float32Array [nRows * nFeatures], row-major; given away. */
  readonly rows: Float32Array<ArrayBuffer>;
  readonly nFeatures: number;
  /** Float32Array [nRows]; given away. */
  readonly target: Float32Array<ArrayBuffer>;
}

const PACKAGE = 'ml-xgboost';
const VERSIONS = '^1.1.2';

// Source text, since a bundler would lose a file. Without instantiateStreaming the package does not print that it failed.
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
WebAssembly.instantiateStreaming = undefined;
const { path, params, rows, nFeatures, target } = workerData;
require(path).then((XGBoost) => {
  const booster = new XGBoost(params);
  const matrix = Array.from(target, (_, i) => Array.from(rows.subarray(i * nFeatures, (i + 1) * nFeatures)));
  booster.train(matrix, Array.from(target));
  parentPort.postMessage(Uint8Array.from(booster.toJSON().model));
});
`;

/**
 * Trains in a thread that ends with the call.
 * @returns the model as the package saves it
 * @throws PACKAGE_MISSING, WORKER_FAILED, FIT_FAILED, CANCELLED
 */
export async function trainInWorker(job: PackageJob, signal?: AbortSignal): Promise<Uint8Array> {
  const worker = startWorker(job);
  return new Promise<Uint8Array>((resolve, reject) => {
    const cancel = () =>
      reject(new TabwrightError('CANCELLED', 'the operation was cancelled', { cause: signal?.reason }));
    signal?.addEventListener('abort', cancel, { once: true });
    const settle = () => signal?.removeEventListener('abort', cancel);
    worker.once('message', (model: Uint8Array) => resolve(model));
    worker.once('error', (cause) => {
      reject(new TabwrightError('FIT_FAILED', `mlXgboost: the package ${PACKAGE} failed: ${cause.message}`, { cause }));
    });
    worker.once('exit', (code) => {
      settle();
      reject(new TabwrightError('WORKER_FAILED', `mlXgboost: the worker thread ended with ${code} and no model`));
    });
  }).finally(() => worker.terminate());
}

function startWorker({ params, rows, nFeatures, target }: PackageJob): Worker {
  const workerData = { path: packagePath(), params, rows, nFeatures, target };
  try {
    return new Worker(SOURCE, {
      eval: true,
      execArgv: [],
      workerData,
      transferList: [rows.buffer, target.buffer],
      stdout: true,
      stderr: true,
    });
  } catch (cause) {
    throw new TabwrightError('WORKER_FAILED', 'mlXgboost: a worker thread could not be started', { cause });
  }
}

/** The package's path as seen from this library, or, where a bundle has no place of its own, from the working directory. */
function packagePath(): string {
  const from: string | undefined = import.meta.url;
  try {
    const require = createRequire(from ?? pathToFileURL(`${process.cwd()}/`));
    return require.resolve('ml-xgboost');
  } catch (cause) {
    const message = `mlXgboost needs the package ${PACKAGE} ${VERSIONS}: npm install ${PACKAGE}@${VERSIONS}`;
    throw new TabwrightError('PACKAGE_MISSING', message, { cause });
  }
}
