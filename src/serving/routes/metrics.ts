import type { Metrics } from '../../core/metrics.js';
import type { RouteDeclaration, RouteScope } from '../route.js';

/** `GET /metrics`: what a backend measured, for scrapers. There is none where the backend has no text. */
export function metricsRoutes(metrics: Metrics | undefined, scope: RouteScope | 'none'): RouteDeclaration[] {
  if (metrics?.text === undefined || scope === 'none') return [];
  const text = metrics.text.bind(metrics);
  return [
    {
      operation: 'metrics',
      method: 'GET',
      path: '/metrics',
      scope,
      model: 'none',
      summary: 'Everything that is measured, for scrapers.',
      describe: () => ({ answer: { 'text/plain': { type: 'string' } } }),
      async handle() {
        const measured = await text();
        const headers = { 'cache-control': 'no-store', 'content-type': measured.contentType };
        return { mediaType: 'text/plain', headers, body: measured.text };
      },
    },
  ];
}
