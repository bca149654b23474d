// The entry of a Parquet worker; scripts/generate.mjs bundles it to a string. A thin shell: what it calls is tested directly.
import { serveWorker } from '../../workers/serve-worker.js';
import { partBuffers } from './column-part.js';
import { type ChunksTask, readChunks } from './read-chunks.js';

serveWorker((task: ChunksTask, emit) => readChunks(task, emit), partBuffers);
