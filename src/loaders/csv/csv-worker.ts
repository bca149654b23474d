// The entry of a CSV worker; scripts/generate.mjs bundles it to a string. A thin shell: what it calls is tested directly.
import { serveWorker } from '../../workers/serve-worker.js';
import type { CsvFileTask, CsvPiece } from './csv-piece.js';
import { fileSource } from './kernel/file-source.js';
import { PieceReader } from './kernel/piece-reader.js';

const reader = new PieceReader();

serveWorker((task: CsvFileTask): CsvPiece => reader.read(task, fileSource(task.fd)));
