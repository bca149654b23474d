import type { Json, JsonObject } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { HandlerResponse, RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';

const statusSchema: JsonObject = { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] };

const healthSchema: JsonObject = {
  type: 'object',
  properties: {
    status: { const: 'ok' },
    models: {
      type: 'object',
      description: 'What each name stands for now.',
      additionalProperties: {
        type: 'object',
        properties: { model: { type: 'string' }, version: { type: 'integer' } },
        required: ['model', 'version'],
      },
    },
  },
  required: ['status', 'models'],
};

/**
 * `GET /health` with the models, `GET /health/live` and `GET /health/ready`. Live means that the process answers; the other
 * two answer NOT_READY while the host says so, or where no model is served.
 */
export function healthRoutes(models: ServedModels, isReady: () => boolean): RouteDeclaration[] {
  function whenReady(body: () => JsonObject): HandlerResponse {
    if (models.all.length > 0 && isReady()) return answer(body());
    throw new TabwrightError('NOT_READY', 'the server has no model, or the host says that it is not ready');
  }
  const shared = {
    method: 'GET',
    scope: 'open',
    model: 'none',
    describe: () => ({ answer: { 'application/json': statusSchema } }),
  } satisfies Partial<RouteDeclaration>;
  return [
    {
      ...shared,
      operation: 'health',
      path: '/health',
      summary: 'Whether the server is ready, and what it serves.',
      describe: () => ({ answer: { 'application/json': healthSchema } }),
      handle: () => whenReady(() => ({ status: 'ok', models: Object.fromEntries(current(models)) })),
    },
    {
      ...shared,
      operation: 'live',
      path: '/health/live',
      summary: 'Whether the process answers.',
      handle: () => answer({ status: 'ok' }),
    },
    {
      ...shared,
      operation: 'ready',
      path: '/health/ready',
      summary: 'Whether the server wants traffic.',
      handle: () => whenReady(() => ({ status: 'ok' })),
    },
  ];
}

function current(models: ServedModels): [string, Json][] {
  return models.all.map(({ name, predictor: { current } }) => [
    name,
    { model: current.name, version: current.version },
  ]);
}

function answer(body: JsonObject): HandlerResponse {
  return { mediaType: 'application/json', headers: { 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}
