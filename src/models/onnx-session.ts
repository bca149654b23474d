// onnxruntime-node behind a call that returns its result: a session in a worker thread, which the caller waits for, since the
// package answers later and scoring here answers at once.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { TabwrightError } from '../core/tabwright-error.js';

const PACKAGE = 'onnxruntime-node';
const VERSIONS = '^1.20.0';
/** A model that takes longer for one call hangs. */
const TIMEOUT_MS = 60_000;

/** Numbers, truth values or texts of a tensor. */
export type OnnxData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | readonly string[];

/** A tensor that goes in. */
export interface OnnxFeed {
  readonly type: string;
  readonly data: OnnxData;
  readonly dims: readonly number[];
}

/** A model that onnxruntime has loaded. */
export interface OnnxSession {
  /**
   * Computes one output.
   * @throws MODEL_FILE_UNSUPPORTED where the model fails on these inputs
   * @throws WORKER_FAILED where it takes more than a minute; the session is of no use then
   */
  run(feeds: Readonly<Record<string, OnnxFeed>>, output: string): OnnxData;
  /** Ends the thread. Threads of sessions that nothing refers to end by themselves, and none keeps a process running. */
  close(): void;
}

type Answer = { readonly data: OnnxData } | { readonly error: string };

// Source text, since a bundler would lose a file.
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { port, state, path, bytes } = workerData;
const answer = (message) => {
  port.postMessage(message);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
};
const answered = (work) => work().then(answer, (error) => answer({ error: String(error && error.message || error) }));
let ort, session;
answered(async () => {
  ort = require(path);
  session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return { data: [] };
});
port.on('message', ({ feeds, output }) => answered(async () => {
  const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]);
  const found = await session.run(Object.fromEntries(tensors), [output]);
  return { data: found[output].data };
}));
`;

/** Ends the threads of sessions that nothing refers to. */
const forgotten = new FinalizationRegistry<Worker>((worker) => void worker.terminate());

/**
 * Loads a model.
 * @param path the package's folder or file; looked for from this library and from the working directory where absent
 * @throws PACKAGE_MISSING
 * @throws MODEL_FILE_UNSUPPORTED where onnxruntime cannot load the model, with its own words
 */
export function openOnnxSession(bytes: Uint8Array, path: string = packagePath()): OnnxSession {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(SOURCE, {
    eval: true,
    execArgv: [],
    workerData: { port: port2, state, path, bytes },
    transferList: [port2],
    stdout: true,
    stderr: true,
  });
  worker.unref();
  worker.on('error', () => {});
  port1.unref();

  function awaited(): OnnxData {
    if (Atomics.wait(state, 0, 0, TIMEOUT_MS) === 'timed-out') {
      void worker.terminate();
      throw new TabwrightError('WORKER_FAILED', `onnx: the model did not answer within ${TIMEOUT_MS} ms`);
    }
    Atomics.store(state, 0, 0);
    const { message } = receiveMessageOnPort(port1) as { message: Answer };
    if ('data' in message) return message.data;
    throw new TabwrightError('MODEL_FILE_UNSUPPORTED', `onnx: onnxruntime: ${message.error.slice(0, 300)}`);
  }

  try {
    awaited();
  } catch (error) {
    void worker.terminate();
    throw error;
  }
  const session: OnnxSession = {
    run(feeds, output) {
      port1.postMessage({ feeds, output });
      return awaited();
    },
    close: () => void worker.terminate(),
  };
  forgotten.register(session, worker);
  return session;
}

function packagePath(): string {
  const from: string | undefined = import.meta.url;
  for (const place of [from, pathToFileURL(`${process.cwd()}/`).href]) {
    try {
      if (place !== undefined) return createRequire(place).resolve(PACKAGE);
    } catch {
      // The next place, and the error below after the last.
    }
  }
  const message = `ONNX models need the package ${PACKAGE} ${VERSIONS}: npm install ${PACKAGE}@${VERSIONS}`;
  throw new TabwrightError('PACKAGE_MISSING', message);
}
