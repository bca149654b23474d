// The scores of a batch kept on the server: a CSV file in the folder of artifacts and, where asked, an artifact of a run.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../core/logger.js';
import type { Predictor } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Tracker } from '../../core/tracker.js';
import type { RowErrors } from '../../prediction/score-table.js';
import type { ScoredPiece } from './score-batch.js';
import { scoresTable } from './write-batch.js';

/** Where batches are kept. */
export interface BatchKeeping {
  /** The folder of artifacts. */
  readonly artifacts: string | undefined;
  readonly tracker: Tracker | undefined;
  /** Told where a run could not be logged, which costs the answer nothing. */
  readonly logger: Logger;
}

/** A batch to keep. */
export interface KeptBatch {
  /** Its name in the folder `predictions`. */
  readonly id: string;
  /** Experiment of the run that it is logged to; none where undefined. */
  readonly experiment: string | undefined;
  readonly predictor: Predictor;
  readonly errors: RowErrors;
  readonly idOf: (row: number) => string;
}

/** Ids that can be the name of a file. */
const FILE_NAME = /^\w[\w.-]{0,199}$/;

/** Refuses what cannot be kept. @throws OPTION_INVALID */
export function checkKeeping({ artifacts, tracker }: BatchKeeping, { id, experiment }: KeptBatch): void {
  const refuse = (rule: string) => new TabwrightError('OPTION_INVALID', `batch: ${rule}`);
  if (artifacts === undefined) throw refuse('store needs a server with a folder of artifacts');
  if (experiment !== undefined && tracker === undefined) throw refuse('experiment needs a server with a tracker');
  if (!FILE_NAME.test(id)) throw refuse('store needs prediction ids of letters, digits and . _ -');
}

/** Passes the pieces on, and has them in the file once all are through; a batch that breaks off leaves none. */
export async function* keepBatch(
  scored: AsyncIterable<ScoredPiece>,
  keeping: BatchKeeping,
  batch: KeptBatch,
): AsyncGenerator<ScoredPiece> {
  const { PartialFile } = await import('../../prediction/partial-file.js');
  const { tableWriter } = await import('../../loaders/table-writer.js');
  const folder = join(keeping.artifacts as string, 'predictions');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${batch.id}.csv`);
  const { file } = await PartialFile.open(path, {}, false);
  const writer = await tableWriter('csv');
  let nRows = 0;
  let isWhole = false;
  try {
    for await (const piece of scored) {
      nRows += piece.predictions.length;
      for (const bytes of writer.pieces(await scoresTable(piece, batch))) await file.write(bytes);
      yield piece;
    }
    await file.finish();
    isWhole = true;
  } finally {
    if (!isWhole) await file.leave();
  }
  if (batch.experiment !== undefined) await logRun(path, nRows, keeping, batch, batch.experiment);
}

async function logRun(
  path: string,
  nRows: number,
  { tracker, logger }: BatchKeeping,
  { id, predictor }: KeptBatch,
  experiment: string,
): Promise<void> {
  const { name, version } = predictor.current;
  try {
    const run = await tracker?.start({ experiment, runName: `predictions ${id}`, tags: {} });
    await run?.logParams({ model: name, version: String(version), rows: String(nRows) });
    await run?.logArtifacts(new Map([[`predictions/${id}.csv`, await readFile(path)]]));
    await run?.end('finished');
  } catch (err) {
    logger.warn({ err }, `the predictions ${id} were stored, but not logged`);
  }
}
