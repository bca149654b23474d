// Scored rows as the body of an answer, in pieces: JSON, NDJSON, CSV or Parquet.
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import type { Predictor } from '../../core/predictor.js';
import type { RowErrors } from '../../prediction/score-table.js';
import { predictionJson } from '../prediction-json.js';
import { problemJson } from '../problem-json.js';
import type { ReadMediaType } from '../route.js';
import type { ScoredPiece } from './score-batch.js';

/** How the answer looks. */
export interface AnswerForm {
  readonly mediaType: ReadMediaType;
  readonly errors: RowErrors;
  readonly predictor: Predictor;
  readonly idOf: (row: number) => string;
  readonly requestId: string;
}

type Pieces = AsyncGenerator<string | Uint8Array>;

/** The body. @throws what the scored pieces throw; of NDJSON, only before its first line */
export function writeBatch(scored: AsyncIterable<ScoredPiece>, form: AnswerForm): Pieces {
  switch (form.mediaType) {
    case 'application/json':
      return listPieces(scored, form);
    case 'application/x-ndjson':
      return linePieces(scored, form);
    default:
      return tablePieces(scored, form);
  }
}

async function* listPieces(scored: AsyncIterable<ScoredPiece>, form: AnswerForm): Pieces {
  let before = '[';
  for await (const piece of scored) {
    if (piece.predictions.length === 0) continue;
    yield before + rowTexts(piece, form).join(',');
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}

async function* linePieces(scored: AsyncIterable<ScoredPiece>, form: AnswerForm): Pieces {
  let isBegun = false;
  try {
    for await (const piece of scored) {
      yield `${rowTexts(piece, form).join('\n')}\n`;
      isBegun = true;
    }
  } catch (error) {
    // The status is sent already: the last line says what it would have said.
    if (!isBegun || !isTabwrightError(error) || error.status >= 500) throw error;
    yield `{"error":${problemJson(error, form.requestId)}}\n`;
  }
}

function rowTexts({ predictions, refused, firstRow }: ScoredPiece, { idOf }: AnswerForm): string[] {
  let nRefused = 0;
  return predictions.map((prediction, i) => {
    return prediction === undefined
      ? JSON.stringify(refused[nRefused++])
      : predictionJson(idOf(firstRow + i), prediction);
  });
}

/** The table and the writers are loaded at the first answer of their kind. */
async function* tablePieces(scored: AsyncIterable<ScoredPiece>, form: AnswerForm): Pieces {
  const { tableWriter } = await import('../../loaders/table-writer.js');
  const writer = await tableWriter(form.mediaType === 'text/csv' ? 'csv' : 'parquet');
  for await (const piece of scored) {
    for (const bytes of writer.pieces(await scoresTable(piece, form))) yield bytes;
  }
  yield writer.end();
}

/** The scores of a piece as a table: of a batch whose rows may be refused alone, with a column `error`. */
export async function scoresTable(
  { predictions, refused, firstRow }: ScoredPiece,
  { predictor, idOf, errors }: Pick<AnswerForm, 'predictor' | 'idOf' | 'errors'>,
) {
  const { predictionsTable } = await import('../../prediction/predictions-table.js');
  return predictionsTable(predictions, predictor.spec, {
    idOf: (row) => idOf(firstRow + row),
    refused: errors === 'rows' ? refused : undefined,
  });
}
