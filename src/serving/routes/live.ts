// What serves behind each name right now, and the levers that need no registry: back to the version before, a canary's share.
import type { Json, JsonObject } from '../../core/json.js';
import type { PredictorPart } from '../../core/live-predictor.js';
import { isLivePredictor, partsOf } from '../../core/live-predictor.js';
import type { Predictor } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { adminJson, bodyMembers, textMember } from '../admin-json.js';
import type { HandlerRequest, RouteDeclaration } from '../route.js';
import type { ServedModels } from '../served-models.js';

const nullableVersion: JsonObject = { type: ['integer', 'null'], minimum: 1 };

const partSchema: JsonObject = {
  type: 'object',
  properties: {
    role: { enum: ['primary', 'shadow', 'stable', 'canary', null], description: 'Null for a model on its own.' },
    model: { type: 'string' },
    version: { type: 'integer', minimum: 1 },
    previous: { ...nullableVersion, description: 'What a rollback would serve.' },
  },
  required: ['role', 'model', 'version', 'previous'],
};

const liveSchema: JsonObject = {
  type: 'object',
  properties: {
    served: { type: 'string', description: 'What paths call it.' },
    parts: { type: 'array', items: partSchema },
    share: { type: 'number', minimum: 0, maximum: 1, description: 'Part of all keys that the canary answers.' },
    comparison: { type: 'object', description: 'What came of comparing the shadow.' },
  },
  required: ['served', 'parts'],
};

const roleSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: { role: { type: 'string', description: 'Which part; the one that answers, where absent.' } },
};

const shareSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: { share: { type: 'number', minimum: 0, maximum: 1 } },
  required: ['share'],
};

/** `GET /admin/live`, `POST /admin/live/:model/rollback` and `PUT /admin/live/:model/share`. */
export function liveRoutes(models: ServedModels, limitBytes: number): RouteDeclaration[] {
  const body = { kind: 'decoded', limitBytes, mediaTypes: ['application/json'] } as const;
  return [
    {
      operation: 'live',
      method: 'GET',
      path: '/admin/live',
      scope: 'admin',
      model: 'none',
      summary: 'What serves behind each name right now.',
      describe: () => ({ answer: { 'application/json': { type: 'array', items: liveSchema } } }),
      handle: () => adminJson(models.all.map(({ name, predictor }) => shown(name, predictor))),
    },
    {
      operation: 'liveRollback',
      method: 'POST',
      path: '/admin/live/:model/rollback',
      scope: 'admin',
      model: 'named',
      summary: 'Serves the version before again, at once and from memory; the registry stays as it is.',
      body: { ...body, optional: true },
      describe: () => ({ body: { 'application/json': roleSchema }, answer: { 'application/json': liveSchema } }),
      handle(request) {
        const { name, predictor } = models.find(request.params.model);
        rollBack(partsOf(predictor), textMember(bodyMembers(request, ['role']), 'role'));
        return adminJson(shown(name, predictor));
      },
    },
    {
      operation: 'liveShare',
      method: 'PUT',
      path: '/admin/live/:model/share',
      scope: 'admin',
      model: 'named',
      summary: 'Sets the part of all keys that a canary answers.',
      body,
      describe: () => ({ body: { 'application/json': shareSchema }, answer: { 'application/json': liveSchema } }),
      handle(request) {
        const { name, predictor } = models.find(request.params.model);
        setShare(predictor, request);
        return adminJson(shown(name, predictor));
      },
    },
  ];
}

function shown(served: string, predictor: Predictor): object {
  const parts = partsOf(predictor).map(({ role = null, predictor: part }): Json => {
    const previous = isLivePredictor(part) ? (part.previous?.version ?? null) : null;
    return { role, model: part.current.name, version: part.current.version, previous };
  });
  return {
    served,
    parts,
    ...('share' in predictor ? { share: predictor.share } : {}),
    ...('comparison' in predictor ? { comparison: predictor.comparison } : {}),
  };
}

/** @throws REQUEST_INVALID where there is no such part, or it cannot go back, MODEL_NOT_FOUND where it has nowhere to go */
function rollBack(parts: readonly PredictorPart[], role: string | undefined): void {
  const part = role === undefined ? parts[0] : parts.find((each) => each.role === role);
  if (part === undefined) throw new TabwrightError('REQUEST_INVALID', 'role must be one of a part of this predictor');
  if (!isLivePredictor(part.predictor)) {
    throw new TabwrightError('REQUEST_INVALID', 'this predictor keeps no version to go back to');
  }
  part.predictor.rollback();
}

/** @throws REQUEST_INVALID where there is no canary or no number, OPTION_INVALID for a share out of its range */
function setShare(predictor: Predictor, request: HandlerRequest): void {
  const { share } = bodyMembers(request, ['share']);
  if (typeof share !== 'number') throw new TabwrightError('REQUEST_INVALID', 'share must be a number');
  if (!('setShare' in predictor) || typeof predictor.setShare !== 'function') {
    throw new TabwrightError('REQUEST_INVALID', 'this predictor has no canary');
  }
  predictor.setShare(share);
}
