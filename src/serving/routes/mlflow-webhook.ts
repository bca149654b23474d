// What MLflow's registry tells of its aliases, so that a promotion serves within seconds and nobody asks in vain.
import type { JsonObject } from '../../core/json.js';
import { adminJson } from '../admin-json.js';
import { reloadParts } from '../reload-parts.js';
import type { HandlerRequest, RequestHeaders, RouteDeclaration, Upload } from '../route.js';
import type { ServedModels } from '../served-models.js';
import type { ServingMetrics } from '../serving-metrics.js';

/** What a verified delivery says. */
export interface WebhookEvent {
  /** `model_version_alias` where an alias was set or removed. */
  readonly entity: string;
  /** Of an alias: its name and that of the model. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Checks a delivery by its headers and its bytes, and reads it.
 * @throws UNAUTHORIZED for a wrong signature or an old delivery, REQUEST_INVALID
 */
export type VerifyWebhook = (headers: RequestHeaders, body: Uint8Array) => WebhookEvent;

const answerSchema: JsonObject = {
  type: 'object',
  properties: { reloaded: { type: 'integer', description: 'Predictors that serve what their reference points at.' } },
  required: ['reloaded'],
};

/**
 * `POST /webhooks/mlflow`: where an alias of a served model changed, its predictors load what their references point at now, as
 * by the route of operators. A delivery that comes twice changes nothing the second time. Events of anything else are fine.
 */
export function mlflowWebhookRoute(
  verify: VerifyWebhook,
  models: ServedModels,
  limitBytes: number,
  metrics: ServingMetrics,
): RouteDeclaration {
  return {
    operation: 'mlflowWebhook',
    method: 'POST',
    path: '/webhooks/mlflow',
    // Whoever can sign may call.
    scope: 'open',
    model: 'none',
    summary: "Takes the signed events of MLflow's model registry.",
    body: { kind: 'stream', limitBytes, mediaTypes: ['application/json'] },
    describe: () => ({
      body: { 'application/json': { type: 'object' } },
      answer: { 'application/json': answerSchema },
    }),
    async handle({ headers, upload }: HandlerRequest) {
      const { entity, data } = verify(headers, await bytesOf(upload as Upload));
      const isOfAlias = entity === 'model_version_alias' && typeof data.name === 'string';
      const reloaded = isOfAlias ? await reloadParts(models, data.name as string, metrics) : [];
      return adminJson({ reloaded: reloaded.length });
    },
  };
}

async function bytesOf({ pieces }: Upload): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(piece);
  return Buffer.concat(chunks);
}
