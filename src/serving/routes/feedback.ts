import type { JsonObject } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import type { Feedback, Monitor } from '../../monitoring/monitor.js';
import type { DecodedBody, RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';
import type { ResolvedServingOptions } from '../serving-options.js';

const truthSchema: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'Of the prediction, as its answer had it.' },
    truth: {
      type: ['string', 'number', 'boolean'],
      description: 'The class as it stands in the data, or the value of a regression.',
    },
  },
  required: ['id', 'truth'],
};

const count = (description: string): JsonObject => ({ type: 'integer', minimum: 0, description });

const answerSchema: JsonObject = {
  type: 'object',
  properties: {
    joined: count('Met their prediction.'),
    repeated: count('Came for a prediction that had one; the last one counts.'),
    waiting: count('Wait for a prediction that is not known.'),
  },
  required: ['joined', 'repeated', 'waiting'],
};

/** `POST /feedback` and `POST /feedback/:model`: what turned out to be true, by the id of the prediction; one or a list. */
export function feedbackRoutes(
  monitor: Monitor,
  models: ServedModels,
  { batchBodyLimitBytes, maxBatchRows }: ResolvedServingOptions,
): RouteDeclaration[] {
  const shared = {
    method: 'POST',
    scope: 'predict',
    summary: 'Takes in the truth about predictions, or none where one of them is invalid. The same may be sent again.',
    body: { kind: 'decoded', limitBytes: batchBodyLimitBytes, mediaTypes: ['application/json'] },
    describe: () => ({
      body: {
        'application/json': { anyOf: [truthSchema, { type: 'array', items: truthSchema, maxItems: maxBatchRows }] },
      },
      answer: { 'application/json': answerSchema },
    }),
    handle({ params, body }) {
      const { name } = models.find(params.model);
      const outcome = monitor.feedback(name, truths(body, maxBatchRows));
      return { mediaType: 'application/json', body: JSON.stringify(outcome) };
    },
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'feedback', path: '/feedback', model: 'default' },
    { ...shared, operation: 'feedbackModel', path: '/feedback/:model', model: 'named' },
  ];
}

/** The truths of a body; the monitor refuses those that are none, each by its position. */
function truths(body: DecodedBody | undefined, maxRows: number): Feedback[] {
  const value = body?.mediaType === 'application/json' ? body.value : undefined;
  if (typeof value !== 'object' || value === null) {
    throw new TabwrightError(
      'REQUEST_INVALID',
      `the body must be a JSON object or a list of them, got ${valueKind(value)}`,
    );
  }
  const list = Array.isArray(value) ? value : [value];
  if (list.length <= maxRows) return list;
  throw new TabwrightError('BODY_TOO_LARGE', `a list must have at most ${maxRows} truths, got ${list.length}`);
}
