import type { OptionsOf } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { timeSlice } from '../../core/time-slice.js';
import type { BatchKeeping } from '../batch/keep-batch.js';
import { checkKeeping, keepBatch } from '../batch/keep-batch.js';
import { BATCH_MEDIA_TYPES, readBatch } from '../batch/read-batch.js';
import { wholeOrPieces } from '../batch/whole-or-pieces.js';
import { writeBatch } from '../batch/write-batch.js';
import { preferredMediaType } from '../media-type.js';
import type { PredictContext } from '../predict-context.js';
import { rowIds } from '../predict-context.js';
import { batchItemSchema } from '../prediction-json.js';
import type { HandlerRequest, HandlerResponse, ReadMediaType, RouteDeclaration, Upload } from '../route.js';

/** What a request may say about its batch. */
export const batchQueryOptions = optionsTable('batch', {
  errors: {
    type: 'choice',
    choices: ['refuse', 'rows'],
    default: 'refuse',
    doc: 'Whether one row that breaks the schema refuses the batch, or is answered with its problems in place of a score.',
  },
  store: { type: 'boolean', default: false, doc: 'Keeps the scores on the server, as predictions/<id>.csv.' },
  experiment: {
    type: 'string',
    default: undefined,
    doc: 'Experiment of the tracker that the stored scores are logged to, as a run of their own.',
  },
});

/** `POST /predict/batch` and `POST /predict/batch/:model`: rows as JSON, NDJSON, CSV or Parquet in, the same or what is accepted out. */
export function predictBatchRoutes(context: PredictContext, keeping: BatchKeeping): RouteDeclaration[] {
  const { models, options, generatePredictionId } = context;
  const { maxBatchRows, batchBodyLimitBytes, streamBodyLimitBytes, maxStreamRows } = options;

  async function handle({ params, query, headers, upload, requestId }: HandlerRequest): Promise<HandlerResponse> {
    const { errors, store, experiment } = query as OptionsOf<typeof batchQueryOptions>;
    const body = withType(upload);
    const model = models.find(params.model);
    const { predictor } = model;
    const id = generatePredictionId();
    const idOf = rowIds(id);
    const slice = timeSlice();
    const isList = body.mediaType === 'application/json';
    const maxRows = isList ? maxBatchRows : maxStreamRows;
    const limits = { listBytes: batchBodyLimitBytes, streamBytes: streamBodyLimitBytes };
    const pieces = readBatch({ upload: body, headers, spec: predictor.spec, ...limits, slice });
    // Tables and their package are loaded with the first batch.
    const { scoreBatch } = await import('../batch/score-batch.js');
    const all = scoreBatch(context, pieces, { model, errors, maxRows, idOf, slice });
    const kept = { id, experiment, predictor, errors, idOf };
    if (store) checkKeeping(keeping, kept);
    else if (experiment !== undefined) throw new TabwrightError('OPTION_INVALID', 'batch: experiment needs store=true');
    const scored = store ? keepBatch(all, keeping, kept) : all;
    const accept = typeof headers.accept === 'string' ? headers.accept : undefined;
    const mediaType = preferredMediaType(accept, BATCH_MEDIA_TYPES, body.mediaType as ReadMediaType);
    return {
      mediaType,
      body: await wholeOrPieces(writeBatch(scored, { mediaType, errors, predictor, idOf, requestId })),
    };
  }

  const shared = {
    method: 'POST',
    scope: 'predict',
    summary: 'Scores many rows: all of them, or each that is valid where errors=rows.',
    query: batchQueryOptions,
    body: {
      kind: 'stream',
      limitBytes: Math.max(batchBodyLimitBytes, streamBodyLimitBytes),
      mediaTypes: BATCH_MEDIA_TYPES,
    },
    describe: ({ row, prediction }) => ({
      body: { 'application/json': { type: 'array', items: row, maxItems: maxBatchRows }, ...FILES },
      answer: { 'application/json': { type: 'array', items: batchItemSchema(prediction) }, ...FILES },
    }),
    handle,
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'predictBatch', path: '/predict/batch', model: 'default' },
    { ...shared, operation: 'predictBatchModel', path: '/predict/batch/:model', model: 'named' },
  ];
}

const FILES = {
  'application/x-ndjson': { type: 'string', description: 'One JSON object a line.' },
  'text/csv': { type: 'string', description: 'With a header.' },
  'application/vnd.apache.parquet': { type: 'string', format: 'binary' },
} as const;

/** @throws MEDIA_TYPE_UNSUPPORTED where the request does not say what it sends */
function withType(upload: Upload | undefined): Upload {
  if (upload !== undefined && upload.mediaType !== '') return upload;
  throw new TabwrightError(
    'MEDIA_TYPE_UNSUPPORTED',
    `the content type must be ${BATCH_MEDIA_TYPES.join(' or ')}, got none`,
  );
}
