// The entry of a CSV worker; scripts/generate.mjs bundles it to a string. A thin shell: what it calls is tested directly.
import { serveWorker } from '../workers/serve-worker.js';
import { partBuffers } from './column-part.js';
import type { CsvPiece, CsvPieceTask } from './csv-piece.js';
import { PieceReader } from './read-piece.js';

const reader = new PieceReader();

serveWorker(
  (task: CsvPieceTask): CsvPiece => reader.read(task),
  ({ parts }) => parts.flatMap((part) => (part === undefined ? [] : partBuffers(part))),
);
