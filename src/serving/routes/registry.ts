// What is registered and what serves: the routes that `tabwright models` has as commands.
import { BUNDLE_LAYOUT } from '../../bundle/bundle-layout.js';
import type { JsonObject } from '../../core/json.js';
import { CHAMPION, checkAlias, checkModelName } from '../../core/model-reference.js';
import type { ModelVersion, Registry } from '../../core/registry.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { previousVersion } from '../../registry/previous-version.js';
import { adminJson, bodyMembers, textMember } from '../admin-json.js';
import type { ContentResponse, HandlerRequest, RouteDeclaration } from '../route.js';

const versionSchema: JsonObject = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    version: { type: 'integer', minimum: 1 },
    createdAt: { type: 'string', format: 'date-time' },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
    aliases: { type: 'array', items: { type: 'string' } },
  },
  required: ['name', 'version', 'createdAt', 'tags', 'aliases'],
};

const eventSchema: JsonObject = {
  type: 'object',
  properties: {
    at: { type: 'string', format: 'date-time' },
    alias: { type: 'string' },
    from: { type: ['integer', 'null'] },
    to: { type: ['integer', 'null'] },
    reason: { type: 'string' },
  },
  required: ['at', 'alias', 'from', 'to', 'reason'],
};

const modelSchema: JsonObject = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    versions: { type: 'array', items: versionSchema, description: 'In ascending order.' },
    history: { type: 'array', items: eventSchema, description: 'Alias changes, oldest first.' },
  },
  required: ['name', 'versions', 'history'],
};

const reason = { type: 'string', description: 'Kept in the history.' };

/** `GET /admin/models[/:name[/:version]]`, `PUT /admin/models/:name/aliases/:alias`, `POST /admin/models/:name/rollback`. */
export function registryRoutes(registry: Registry, limitBytes: number): RouteDeclaration[] {
  const shared = {
    method: 'GET',
    scope: 'admin',
    model: 'none',
    describe: () => ({ answer: { 'application/json': versionSchema } }),
  } satisfies Partial<RouteDeclaration>;
  const body = { kind: 'decoded', limitBytes, mediaTypes: ['application/json'] } as const;
  return [
    {
      ...shared,
      operation: 'models',
      path: '/admin/models',
      summary: 'The registered models, each with its latest version.',
      describe: () => ({ answer: { 'application/json': listOf('models', versionSchema) } }),
      handle: async () => adminJson({ models: await latestVersions(registry) }),
    },
    {
      ...shared,
      operation: 'model',
      path: '/admin/models/:name',
      summary: 'A model: its versions, and how its aliases moved.',
      describe: () => ({ answer: { 'application/json': modelSchema } }),
      async handle(request) {
        const name = nameOf(request);
        const [versions, history] = await Promise.all([registry.versions(name), registry.history(name)]);
        return adminJson({ name, versions, history });
      },
    },
    {
      ...shared,
      operation: 'modelVersion',
      path: '/admin/models/:name/:version',
      summary: 'A version with its metrics.',
      describe: () => ({ answer: { 'application/json': withMetrics() } }),
      async handle(request) {
        const version = await registry.get(`${nameOf(request)}/${versionNumber(request.params.version)}`);
        return adminJson({ ...version, metrics: await metricsOf(registry, version) });
      },
    },
    {
      ...shared,
      operation: 'setAlias',
      method: 'PUT',
      path: '/admin/models/:name/aliases/:alias',
      summary: 'Points an alias at a version.',
      body,
      describe: () => ({
        body: { 'application/json': closed({ version: { type: 'integer', minimum: 1 }, reason }, ['version']) },
        answer: { 'application/json': versionSchema },
      }),
      async handle(request) {
        const given = bodyMembers(request, ['version', 'reason']);
        return move(registry, request, String(request.params.alias), () => versionNumber(given.version));
      },
    },
    {
      ...shared,
      operation: 'rollback',
      method: 'POST',
      path: '/admin/models/:name/rollback',
      summary: 'Points an alias, champion where absent, back at the version before.',
      body: { ...body, optional: true },
      describe: () => ({
        body: { 'application/json': closed({ alias: { type: 'string', default: CHAMPION }, reason }, []) },
        answer: { 'application/json': versionSchema },
      }),
      async handle(request) {
        const alias = textMember(bodyMembers(request, ['alias', 'reason']), 'alias') ?? CHAMPION;
        return move(registry, request, alias, (name) => previousVersion(registry, name, alias));
      },
    },
  ];
}

/** The name of a model in the path. @throws NAME_INVALID */
export function nameOf({ params }: HandlerRequest): string {
  const name = String(params.name);
  checkModelName(name);
  return name;
}

async function move(
  registry: Registry,
  request: HandlerRequest,
  alias: string,
  choose: (name: string) => number | Promise<number>,
): Promise<ContentResponse> {
  const name = nameOf(request);
  checkAlias(alias);
  const why = textMember(bodyMembers(request, ['version', 'alias', 'reason']), 'reason');
  const version = await choose(name);
  await registry.setAlias(name, alias, version, why);
  return adminJson(await registry.get(`${name}/${version}`));
}

/** The latest version of every model that has one. */
async function latestVersions(registry: Registry): Promise<ModelVersion[]> {
  const all = await Promise.all((await registry.list()).map((name) => registry.versions(name)));
  return all.flatMap((versions) => versions.slice(-1));
}

async function metricsOf(registry: Registry, { name, version }: ModelVersion): Promise<unknown> {
  const metrics = (await registry.read(name, version)).get(BUNDLE_LAYOUT.metrics);
  return metrics === undefined ? {} : JSON.parse(Buffer.from(metrics).toString());
}

function versionNumber(given: unknown): number {
  const version = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (typeof version === 'number' && Number.isInteger(version) && version >= 1) return version;
  throw new TabwrightError('REQUEST_INVALID', 'version must be a positive integer');
}

function listOf(name: string, items: JsonObject): JsonObject {
  return { type: 'object', properties: { [name]: { type: 'array', items } }, required: [name] };
}

function withMetrics(): JsonObject {
  const { properties, required } = versionSchema as { properties: JsonObject; required: string[] };
  const metrics = { type: 'object', description: 'Mean, standard deviation and folds by metric.' };
  return { type: 'object', properties: { ...properties, metrics }, required: [...required, 'metrics'] };
}

function closed(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: 'object', additionalProperties: false, properties, required };
}
