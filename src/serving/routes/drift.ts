import type { JsonObject } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { DriftSource } from '../../drift/drift-source.js';
import { adminJson } from '../admin-json.js';
import { preferredMediaType } from '../media-type.js';
import type { RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';

const columnSchema: JsonObject = { type: ['object', 'null'] };

const reportSchema: JsonObject = {
  type: 'object',
  properties: {
    format: { const: 'tabwright.drift/1' },
    model: { type: ['object', 'null'] },
    reference: { type: 'object', description: 'Of the training rows.' },
    current: { type: 'object', description: 'Of the latest rows that were answered.' },
    isDrifted: { type: 'boolean' },
    drifted: { type: 'object', description: 'Drifted columns, and how many would be called so by chance at most.' },
    settings: { type: 'object' },
    columns: { type: 'array', items: { type: 'object' } },
    score: columnSchema,
    prediction: columnSchema,
    target: columnSchema,
    multivariate: { type: 'object' },
  },
  required: ['format', 'isDrifted', 'drifted', 'columns', 'score', 'prediction', 'target'],
};

/** `GET /monitoring/drift` and `GET /monitoring/drift/:model`: the latest rows against the training rows, as JSON or a page. */
export function driftRoutes(source: DriftSource, models: ServedModels): RouteDeclaration[] {
  const shared = {
    method: 'GET',
    scope: 'admin',
    summary: 'Drift of the latest rows that a model answered against the rows it was trained on.',
    describe: () => ({ answer: { 'application/json': reportSchema, 'text/html': { type: 'string' } } }),
    async handle({ params, headers }) {
      const { name } = models.find(params.model);
      const report = await source.drift(name);
      if (report === undefined)
        throw new TabwrightError('MODEL_NOT_FOUND', 'no drift is measured of this model: it keeps no reference');
      const accept = typeof headers.accept === 'string' ? headers.accept : undefined;
      const mediaType = preferredMediaType(accept, ['application/json', 'text/html'], 'application/json');
      if (mediaType === 'application/json') return adminJson(report);
      // Charts are loaded with the first page.
      const { driftPage } = await import('../../eda/page/drift-page.js');
      return {
        mediaType,
        headers: { 'cache-control': 'no-store' },
        body: driftPage(report, { title: `Drift of ${name}` }),
      };
    },
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'drift', path: '/monitoring/drift', model: 'default' },
    { ...shared, operation: 'driftModel', path: '/monitoring/drift/:model', model: 'named' },
  ];
}
