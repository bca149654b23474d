// What a mounted table of routes takes: the models and seams it is given, and one table of plain options.
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import type { PredictionObserver } from '../core/prediction-observer.js';
import type { Predictor } from '../core/predictor.js';
import type { Monitor } from '../monitoring/monitor.js';
import type { Authenticator } from './auth/authenticator.js';
import type { Authorize } from './route.js';
import type { AdminOptions } from './routes/admin.js';
import type { VerifyWebhook } from './routes/mlflow-webhook.js';

/** Plain options of serving. */
export const servingOptions = optionsTable('serving', {
  defaultModel: {
    type: 'string',
    default: undefined,
    doc: 'Name of the model that answers where the path names none. The only one where there is one.',
  },
  bodyLimitBytes: {
    type: 'integer',
    default: 1_048_576,
    min: 1,
    doc: 'Largest body of a route that takes one row, in bytes.',
  },
  batchBodyLimitBytes: {
    type: 'integer',
    default: 8_388_608,
    min: 1,
    doc: 'Largest JSON list of rows, in bytes.',
  },
  maxBatchRows: { type: 'integer', default: 10_000, min: 1, doc: 'Most rows in one JSON list.' },
  streamBodyLimitBytes: {
    type: 'integer',
    default: 1_073_741_824,
    min: 1,
    doc: 'Largest batch of CSV, NDJSON or Parquet, in bytes. It is scored as it arrives.',
  },
  maxStreamRows: {
    type: 'integer',
    default: undefined,
    min: 1,
    doc: 'Most rows in one batch of CSV, NDJSON or Parquet. Any number where absent.',
  },
  uploadLimitBytes: {
    type: 'integer',
    default: 1_073_741_824,
    min: 1,
    doc: 'Largest upload of a file to profile, in bytes. It is streamed to disk.',
  },
  rateLimitPerSecond: {
    type: 'number',
    default: undefined,
    exclusiveMin: 0,
    doc: 'Requests a second that a caller may make of routes that are not open; more are answered with 429. Any number where absent.',
  },
  rateLimitBurst: {
    type: 'integer',
    default: undefined,
    min: 1,
    doc: 'Requests that a caller may make at once after a pause. Those of one second where absent.',
  },
  maxEventLoopDelayMs: {
    type: 'number',
    default: undefined,
    exclusiveMin: 0,
    doc: 'Mean delay of the event loop over half a second above which routes that are not open answer with 503. Any where absent.',
  },
  requestIdHeader: {
    type: 'string',
    default: 'x-request-id',
    doc: 'Header that carries the request id, in requests and answers.',
  },
  health: { type: 'boolean', default: true, doc: 'Whether /health, /health/live and /health/ready are there.' },
  mlflow: {
    type: 'boolean',
    default: false,
    doc: "Whether /invocations, /ping and /version are there: MLflow's scoring protocol, for the default model.",
  },
  metricsScope: {
    type: 'choice',
    choices: ['open', 'predict', 'admin', 'none'],
    default: 'open',
    doc: 'Who may read /metrics, which is there where metrics have a text; none: the route is not there.',
  },
  openInference: {
    type: 'boolean',
    default: false,
    doc: 'Whether /v2 is there: the Open Inference Protocol, for every model.',
  },
  openapi: { type: 'boolean', default: true, doc: 'Whether /openapi.json is there.' },
  docs: { type: 'boolean', default: true, doc: 'Whether /docs is there, the page of what /openapi.json says.' },
  title: { type: 'string', default: 'Predictions', doc: 'Title of the OpenAPI document.' },
  unexpectedErrors: {
    type: 'choice',
    choices: ['answer', 'host'],
    default: 'answer',
    doc: 'Whether an error without a code is logged and answered with INTERNAL, or goes to the error handler of the host.',
  },
});

/** What `createRoutes` and every adapter take. */
export interface ServingOptions extends OptionsInput<typeof servingOptions>, AdminOptions {
  /** Models by the name that paths call them. */
  readonly predictors: Readonly<Record<string, Predictor<never>>>;
  /** Failed requests are logged here, each with its request id; where absent, by Fastify's request logger, else nowhere. */
  readonly logger?: Logger | undefined;
  readonly metrics?: Metrics | undefined;
  /** Told about every prediction and every refused row, such as a monitor. */
  readonly observer?: PredictionObserver | undefined;
  /** Told about the same, takes in truths at `/feedback`, and answers `/monitoring/performance`. */
  readonly monitor?: Monitor | undefined;
  /**
   * Checks deliveries to `/webhooks/mlflow`, which is there with it: `verifyMlflowWebhook` of `tabwright/mlflow` with your secret.
   * The body must reach it as it came, so that parsers of the host go after.
   */
  readonly mlflowWebhook?: VerifyWebhook | undefined;
  /** Whether the server wants traffic, asked by `/health` and `/health/ready`: false while it shuts down. */
  readonly isReady?: (() => boolean) | undefined;
  /**
   * Who may predict and who may administer: by `apiKeys`, `jwt`, several in order, or everybody by 'none'. Where it and
   * `authorize` are absent, everybody may predict, and routes of scope admin are not there.
   */
  readonly auth?: Authenticator | readonly Authenticator[] | 'none' | undefined;
  /** A check of your own in place of `auth`: lets a request through, or throws UNAUTHORIZED or FORBIDDEN. */
  readonly authorize?: Authorize | undefined;
  /** Makes the id of a request that came without a well-formed one; a unique UUID where absent. */
  readonly generateRequestId?: (() => string) | undefined;
  /** Makes the id of a prediction, and of a batch, whose rows are `<id>-<row>`; a unique UUID where absent. */
  readonly generatePredictionId?: (() => string) | undefined;
  /** Milliseconds from any start, for durations; `performance.now` where absent. */
  readonly clock?: (() => number) | undefined;
}

/** Serving options with their defaults. */
export type ResolvedServingOptions = OptionsOf<typeof servingOptions>;
