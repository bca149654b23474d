import type { JsonObject } from '../../core/json.js';
import { parseModelReference } from '../../core/model-reference.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { adminJson, bodyMembers, textMember } from '../admin-json.js';
import { reloadParts } from '../reload-parts.js';
import type { RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';
import type { ServingMetrics } from '../serving-metrics.js';
import { nameOf } from './registry.js';

const answerSchema: JsonObject = {
  type: 'object',
  properties: {
    reloaded: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          served: { type: 'string', description: 'What paths call it.' },
          model: { type: 'string' },
          version: { type: 'integer' },
        },
        required: ['served', 'model', 'version'],
      },
    },
  },
  required: ['reloaded'],
};

/**
 * `POST /admin/models/:name/reload`: every predictor of that registered model loads what its reference points at now, or the
 * reference of the body. Where loading fails, the version that serves goes on.
 */
export function reloadRoute(models: ServedModels, limitBytes: number, metrics: ServingMetrics): RouteDeclaration {
  return {
    operation: 'reload',
    method: 'POST',
    path: '/admin/models/:name/reload',
    scope: 'admin',
    model: 'none',
    summary: 'Loads and checks what the reference of a served model points at now, then swaps to it.',
    body: { kind: 'decoded', limitBytes, mediaTypes: ['application/json'], optional: true },
    describe: () => ({
      body: {
        'application/json': {
          type: 'object',
          additionalProperties: false,
          properties: { reference: { type: 'string', description: 'name@alias or name/version of that model.' } },
        },
      },
      answer: { 'application/json': answerSchema },
    }),
    async handle(request) {
      const name = nameOf(request);
      const reference = textMember(bodyMembers(request, ['reference']), 'reference');
      if (reference !== undefined && parseModelReference(reference).name !== name) {
        throw new TabwrightError('REQUEST_INVALID', 'reference must be one of the model in the path');
      }
      const reloaded = await reloadParts(models, name, metrics, reference);
      if (reloaded.length > 0) return adminJson({ reloaded });
      throw new TabwrightError('MODEL_NOT_FOUND', 'no model of that name is served here');
    },
  };
}
