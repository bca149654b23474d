import { setImmediate } from 'node:timers/promises';
import type { Prediction, Predictor } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import { preferredMediaType } from '../media-type.js';
import { predictionJson } from '../prediction-json.js';
import type { DecodedBody, HandlerRequest, HandlerResponse, ReadMediaType, RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';
import type { ServingMetrics } from '../serving-metrics.js';

/** Bounds on one batch. */
export interface BatchLimits {
  readonly limitBytes: number;
  readonly maxRows: number;
}

/** Batches of this many rows take milliseconds a step. */
const LARGE_BATCH = 1000;

const MEDIA_TYPES: readonly ReadMediaType[] = ['application/json', 'text/csv'];

/** `POST /predict/batch` and `POST /predict/batch/:model`: a JSON list or CSV in, the same or what is accepted out. */
export function predictBatchRoutes(
  models: ServedModels,
  { limitBytes, maxRows }: BatchLimits,
  metrics: ServingMetrics,
): RouteDeclaration[] {
  async function handle({ params, headers, body }: HandlerRequest): Promise<HandlerResponse> {
    const { name, predictor } = models.find(params.model);
    const predictions = await predict(predictor, body as DecodedBody, maxRows);
    metrics.predicted(name, predictions.length);
    await otherRequests(predictions.length);
    const accept = typeof headers.accept === 'string' ? headers.accept : undefined;
    const mediaType = preferredMediaType(accept, MEDIA_TYPES, (body as DecodedBody).mediaType);
    if (mediaType === 'text/csv') return { mediaType, body: await csvText(predictions, predictor) };
    return { mediaType, body: `[${predictions.map(predictionJson).join(',')}]` };
  }
  const shared = {
    method: 'POST',
    scope: 'predict',
    summary: 'Scores many rows, or none where one of them is invalid.',
    body: { kind: 'decoded', limitBytes, mediaTypes: MEDIA_TYPES },
    describe: ({ row, prediction }) => ({
      body: { 'application/json': { type: 'array', items: row, maxItems: maxRows }, 'text/csv': { type: 'string' } },
      answer: { 'application/json': { type: 'array', items: prediction }, 'text/csv': { type: 'string' } },
    }),
    handle,
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'predictBatch', path: '/predict/batch', model: 'default' },
    { ...shared, operation: 'predictBatchModel', path: '/predict/batch/:model', model: 'named' },
  ];
}

async function predict(predictor: Predictor, body: DecodedBody, maxRows: number): Promise<Prediction[]> {
  if (body.mediaType === 'application/json') {
    const rows = list(body.value);
    checkRows(rows.length, maxRows);
    await otherRequests(rows.length);
    return predictor.predictBatch(rows);
  }
  const { parseCsv } = await import('../../loaders/csv/parse-csv.js');
  const types = Object.fromEntries(predictor.spec.fields.map(({ name, type }) => [name, type]));
  const table = parseCsv(body.bytes, { types, name: 'body' });
  checkRows(table.numRows(), maxRows);
  await otherRequests(table.numRows());
  return predictor.predictTable(table);
}

/** Lets other requests have their turn between the steps of a large batch. */
async function otherRequests(nRows: number): Promise<void> {
  if (nRows >= LARGE_BATCH) await setImmediate();
}

/** CSV of the predictions; the table and the writer are loaded at the first answer in CSV. */
async function csvText(predictions: readonly Prediction[], { spec }: Predictor): Promise<string> {
  const { formatCsv } = await import('../../loaders/csv/write-csv.js');
  const { predictionsTable } = await import('../../prediction/predictions-table.js');
  return formatCsv(predictionsTable(predictions, spec));
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
