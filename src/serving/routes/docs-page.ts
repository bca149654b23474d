import { madePerVersion } from '../made-per-version.js';
import type { DocumentInfo } from '../openapi-document.js';
import { openapiDocument } from '../openapi-document.js';
import type { RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';

/** `GET /docs`: what the OpenAPI document says, as a page that makes no request. What draws it is loaded when it is asked for. */
export function docsPageRoute(
  routes: readonly RouteDeclaration[],
  models: ServedModels,
  info: Omit<DocumentInfo, 'basePath'>,
): RouteDeclaration {
  const made = madePerVersion(models, async (basePath) => {
    const { apiPage } = await import('../docs-page/api-page.js');
    return apiPage(openapiDocument(routes, models, { basePath, ...info }), basePath);
  });
  return {
    operation: 'docs',
    method: 'GET',
    path: '/docs',
    scope: 'open',
    model: 'none',
    summary: 'These documents, as a page.',
    describe: () => ({ answer: { 'text/html': { type: 'string' } } }),
    handle: async ({ basePath }) => ({ mediaType: 'text/html', body: await made(basePath) }),
  };
}
