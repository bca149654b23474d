import type { JsonObject } from '../../core/json.js';
import type { Monitor } from '../../monitoring/monitor.js';
import { adminJson } from '../admin-json.js';
import { preferredMediaType } from '../media-type.js';
import type { RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';

const metricsSchema: JsonObject = { type: 'object', additionalProperties: { type: ['number', 'null'] } };

const reportSchema: JsonObject = {
  type: 'object',
  properties: {
    format: { const: 'tabwright.performance/1' },
    served: { type: 'string' },
    model: { type: 'object', properties: { name: { type: 'string' }, version: { type: 'integer' } } },
    task: { enum: ['binary', 'multiclass', 'regression'] },
    threshold: { type: 'number' },
    at: { type: 'string', format: 'date-time' },
    window: { type: 'object', description: 'The latest rows with a truth.' },
    metrics: metricsSchema,
    estimated: { type: ['object', 'null'], description: 'Of the latest predictions, without a truth.' },
    estimateError: { anyOf: [metricsSchema, { type: 'null' }] },
    calibration: { type: ['object', 'null'] },
    segments: { type: 'array', items: { type: 'object' } },
    feedback: { type: 'object', additionalProperties: { type: 'integer' } },
    history: { type: 'array', items: { type: 'object' } },
  },
  required: ['format', 'served', 'model', 'task', 'window', 'metrics', 'segments', 'feedback', 'history'],
};

/** `GET /monitoring/performance` and `GET /monitoring/performance/:model`: what a model is worth now, as JSON or a page. */
export function performanceRoutes(monitor: Monitor, models: ServedModels): RouteDeclaration[] {
  const shared = {
    method: 'GET',
    scope: 'admin',
    summary: 'Performance of a model over the latest rows with a truth, and its estimate without.',
    describe: () => ({ answer: { 'application/json': reportSchema, 'text/html': { type: 'string' } } }),
    async handle({ params, headers }) {
      const report = monitor.performance(models.find(params.model).name);
      const accept = typeof headers.accept === 'string' ? headers.accept : undefined;
      const mediaType = preferredMediaType(accept, ['application/json', 'text/html'], 'application/json');
      if (mediaType === 'application/json') return adminJson(report);
      // Charts are loaded with the first page.
      const { performancePage } = await import('../../monitoring/performance/performance-page.js');
      return { mediaType, headers: { 'cache-control': 'no-store' }, body: performancePage(report) };
    },
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'performance', path: '/monitoring/performance', model: 'default' },
    { ...shared, operation: 'performanceModel', path: '/monitoring/performance/:model', model: 'named' },
  ];
}
