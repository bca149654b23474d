import type { DocumentInfo } from '../openapi-document.js';
import { openapiDocument } from '../openapi-document.js';
import type { RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';

/** `GET /openapi.json`: the document of `routes` and of itself, made again when a model was swapped. */
export function openapiRoute(
  routes: readonly RouteDeclaration[],
  models: ServedModels,
  info: Omit<DocumentInfo, 'basePath'>,
): RouteDeclaration {
  let made = { basePath: '', versions: '', body: '' };
  const route: RouteDeclaration = {
    operation: 'openapi',
    method: 'GET',
    path: '/openapi.json',
    scope: 'open',
    model: 'none',
    summary: 'This document.',
    describe: () => ({ answer: { 'application/json': { type: 'object' } } }),
    handle({ basePath }) {
      const versions = models.all.map(({ predictor: { current } }) => `${current.name}/${current.version}`).join();
      if (made.body === '' || made.basePath !== basePath || made.versions !== versions) {
        const document = openapiDocument([...routes, route], models, { basePath, ...info });
        made = { basePath, versions, body: JSON.stringify(document) };
      }
      return { mediaType: 'application/json', body: made.body };
    },
  };
  return route;
}
