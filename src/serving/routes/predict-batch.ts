import { setImmediate } from 'node:timers/promises';
import type { PredictionObserver } from '../../core/prediction-observer.js';
import type { Prediction, Predictor } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import { preferredMediaType } from '../media-type.js';
import type { PredictContext } from '../predict-context.js';
import { predictOrRefuse, rowIds } from '../predict-context.js';
import { predictionJson } from '../prediction-json.js';
import type { DecodedBody, HandlerRequest, HandlerResponse, ReadMediaType, RouteDeclaration } from '../route.js';
import type { ServedModel } from '../served-models.js';

/** Batches of this many rows take milliseconds a step. */
const LARGE_BATCH = 1000;

const MEDIA_TYPES: readonly ReadMediaType[] = ['application/json', 'text/csv'];

/** `POST /predict/batch` and `POST /predict/batch/:model`: a JSON list or CSV in, the same or what is accepted out. */
export function predictBatchRoutes(context: PredictContext): RouteDeclaration[] {
  const { models, options, metrics, generatePredictionId } = context;
  const { maxBatchRows, batchBodyLimitBytes } = options;
  async function handle({ params, headers, body }: HandlerRequest): Promise<HandlerResponse> {
    const model = models.find(params.model);
    const idOf = rowIds(generatePredictionId());
    const predictions = await predict(context, model, body as DecodedBody, idOf);
    metrics.predicted(model.name, predictions.length);
    metrics.batch(model.name, predictions.length);
    await otherRequests(predictions.length);
    const accept = typeof headers.accept === 'string' ? headers.accept : undefined;
    const mediaType = preferredMediaType(accept, MEDIA_TYPES, (body as DecodedBody).mediaType);
    if (mediaType === 'text/csv') return { mediaType, body: await csvText(predictions, model.predictor, idOf) };
    const texts = predictions.map((prediction, row) => predictionJson(idOf(row), prediction));
    return { mediaType, body: `[${texts.join(',')}]` };
  }
  const shared = {
    method: 'POST',
    scope: 'predict',
    summary: 'Scores many rows, or none where one of them is invalid.',
    body: { kind: 'decoded', limitBytes: batchBodyLimitBytes, mediaTypes: MEDIA_TYPES },
    describe: ({ row, prediction }) => ({
      body: {
        'application/json': { type: 'array', items: row, maxItems: maxBatchRows },
        'text/csv': { type: 'string' },
      },
      answer: { 'application/json': { type: 'array', items: prediction }, 'text/csv': { type: 'string' } },
    }),
    handle,
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'predictBatch', path: '/predict/batch', model: 'default' },
    { ...shared, operation: 'predictBatchModel', path: '/predict/batch/:model', model: 'named' },
  ];
}

async function predict(
  context: PredictContext,
  { name, predictor }: ServedModel,
  body: DecodedBody,
  idOf: (row: number) => string,
): Promise<Prediction[]> {
  const { observer, options } = context;
  const maxRows = options.maxBatchRows;
  if (body.mediaType === 'application/json') {
    const rows = list(body.value);
    checkRows(rows.length, maxRows);
    await otherRequests(rows.length);
    const predictions = predictOrRefuse(context, name, () => predictor.predictBatch(rows));
    if (observer !== undefined) tell(observer, name, idOf, rows, predictions);
    return predictions;
  }
  const { parseCsv } = await import('../../loaders/csv/parse-csv.js');
  const types = Object.fromEntries(predictor.spec.fields.map(({ name, type }) => [name, type]));
  const table = parseCsv(body.bytes, { types, name: 'body' });
  checkRows(table.numRows(), maxRows);
  await otherRequests(table.numRows());
  const predictions = predictOrRefuse(context, name, () => predictor.predictTable(table));
  observer?.predictedTable(name, idOf, table, predictions);
  return predictions;
}

function tell(
  observer: PredictionObserver,
  model: string,
  idOf: (row: number) => string,
  rows: readonly Record<string, unknown>[],
  predictions: readonly Prediction[],
): void {
  for (const [i, prediction] of predictions.entries()) {
    observer.predicted(model, idOf(i), rows[i] as Record<string, unknown>, prediction);
  }
}

/** Lets other requests have their turn between the steps of a large batch. */
async function otherRequests(nRows: number): Promise<void> {
  if (nRows >= LARGE_BATCH) await setImmediate();
}

/** CSV of the predictions; the table and the writer are loaded at the first answer in CSV. */
async function csvText(
  predictions: readonly Prediction[],
  { spec }: Predictor,
  idOf: (row: number) => string,
): Promise<string> {
  const { formatCsv } = await import('../../loaders/csv/write-csv.js');
  const { predictionsTable } = await import('../../prediction/predictions-table.js');
  return formatCsv(predictionsTable(predictions, spec, { idOf }));
}

/** The rows of a JSON body; the predictor refuses those that are no objects, each by its position. */
function list(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value;
  throw new TabwrightError('REQUEST_INVALID', `the body must be a JSON list of objects, got ${valueKind(value)}`);
}

function checkRows(nRows: number, maxRows: number): void {
  if (nRows <= maxRows) return;
  throw new TabwrightError('BODY_TOO_LARGE', `a batch must have at most ${maxRows} rows, got ${nRows}`);
}
