// What a mounted table of routes takes: the models and seams it is given, and one table of plain options.
import type { Logger } from '../core/logger.js';
import type { Metrics } from '../core/metrics.js';
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import type { Predictor } from '../core/predictor.js';
import type { Authorize } from './route.js';

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
    doc: 'Largest body of a route that takes many rows, in bytes.',
  },
  maxBatchRows: { type: 'integer', default: 10_000, min: 1, doc: 'Most rows in one batch.' },
  requestIdHeader: {
    type: 'string',
    default: 'x-request-id',
    doc: 'Header that carries the request id, in requests and answers.',
  },
  health: { type: 'boolean', default: true, doc: 'Whether /health, /health/live and /health/ready are there.' },
  openapi: { type: 'boolean', default: true, doc: 'Whether /openapi.json is there.' },
  title: { type: 'string', default: 'Predictions', doc: 'Title of the OpenAPI document.' },
  unexpectedErrors: {
    type: 'choice',
    choices: ['answer', 'host'],
    default: 'answer',
    doc: 'Whether an error without a code is logged and answered with INTERNAL, or goes to the error handler of the host.',
  },
});

/** What `createRoutes` and every adapter take. */
export interface ServingOptions extends OptionsInput<typeof servingOptions> {
  /** Models by the name that paths call them. */
  readonly predictors: Readonly<Record<string, Predictor<never>>>;
  /** Failed requests are logged here, each with its request id; where absent, by Fastify's request logger, else nowhere. */
  readonly logger?: Logger | undefined;
  readonly metrics?: Metrics | undefined;
  /** Whether the server wants traffic, asked by `/health` and `/health/ready`: false while it shuts down. */
  readonly isReady?: (() => boolean) | undefined;
  /**
   * Lets a request to a route of scope predict or admin through, or throws UNAUTHORIZED or FORBIDDEN. Where absent, everybody
   * may predict, and routes of scope admin are not there.
   */
  readonly authorize?: Authorize | undefined;
  /** Makes the id of a request that came without a well-formed one; `crypto.randomUUID` where absent. */
  readonly generateRequestId?: (() => string) | undefined;
  /** Milliseconds from any start, for durations; `performance.now` where absent. */
  readonly clock?: (() => number) | undefined;
}

/** Serving options with their defaults. */
export type ResolvedServingOptions = OptionsOf<typeof servingOptions>;
