import { madePerVersion } from '../made-per-version.js';
import type { DocumentInfo } from '../openapi-document.js';
import { openapiDocument } from '../openapi-document.js';
import type { RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';

/** `GET /openapi.json`: the document of `routes`, as they are when it is asked for; made again when a model was swapped. */
export function openapiRoute(
  routes: readonly RouteDeclaration[],
  models: ServedModels,
  info: Omit<DocumentInfo, 'basePath'>,
): RouteDeclaration {
  const made = madePerVersion(models, (basePath) =>
    JSON.stringify(openapiDocument(routes, models, { basePath, ...info })),
  );
  return {
    operation: 'openapi',
    method: 'GET',
    path: '/openapi.json',
    scope: 'open',
    model: 'none',
    summary: 'This document.',
    describe: () => ({ answer: { 'application/json': { type: 'object' } } }),
    handle: ({ basePath }) => ({ mediaType: 'application/json', body: made(basePath) }),
  };
}
