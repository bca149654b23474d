// The route table as an OpenAPI 3.1 document: one path a model, each with the schema of that model's rows.
import type { Json, JsonObject } from '../core/json.js';
import { optionsJsonSchema } from '../core/options-json-schema.js';
import { VERSION } from '../core/version.js';
import { PROBLEM_TYPE, problemSchema } from './problem-json.js';
import type { AnswerStatus, MediaSchemas, ModelSchemas, RouteDeclaration } from './route.js';
import type { ServedModel, ServedModels } from './served-models.js';
import { modelSchemas } from './served-models.js';

/** What the document says beside the routes. */
export interface DocumentInfo {
  readonly title: string;
  /** Path that the table is mounted at; empty at the root. */
  readonly basePath: string;
  /** How callers may authenticate, by name; one of them is enough. Empty where nobody has to. */
  readonly schemes: Readonly<Record<string, JsonObject>>;
}

/** One route as clients see it: with the name of the model in its path. */
interface Operation {
  readonly path: string;
  readonly method: string;
  readonly content: JsonObject;
}

/** Describes the routes. Routes that only a default model could answer are left out where there is none. */
export function openapiDocument(
  routes: readonly RouteDeclaration[],
  models: ServedModels,
  { title, basePath, schemes }: DocumentInfo,
): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  const security = Object.keys(schemes).map((name) => ({ [name]: [] }));
  for (const route of routes) {
    const needed = route.scope === 'open' || security.length === 0 ? {} : { security };
    for (const { path, method, content } of operations(route, models)) {
      paths[path] = { ...paths[path], [method]: { ...content, ...needed } };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title, version: VERSION },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    paths,
    components: {
      ...(security.length === 0 ? {} : { securitySchemes: schemes }),
      schemas: { Problem: problemSchema, ...Object.fromEntries(models.all.flatMap(componentSchemas)) },
      responses: {
        Problem: {
          description: 'The request was refused, or failed.',
          content: { [essence(PROBLEM_TYPE)]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function componentSchemas(model: ServedModel): [string, Json][] {
  const { row, prediction } = modelSchemas([model]);
  return [
    [`${model.name}.Row`, row],
    [`${model.name}.Prediction`, prediction],
  ];
}

function operations(route: RouteDeclaration, models: ServedModels): Operation[] {
  switch (route.model) {
    case 'named':
      return models.all.map((model) => operation(route, model, `_${model.name}`));
    case 'default':
      return models.fallback === undefined ? [] : [operation(route, models.fallback, '')];
    case 'none':
      return [operation(route, undefined, '')];
  }
}

function operation(route: RouteDeclaration, model: ServedModel | undefined, suffix: string): Operation {
  const { body, answer } = route.describe(model === undefined ? modelSchemas([]) : references(model));
  const path = route.path.replace(':model', model?.name ?? '').replace(/:(\w+)/g, '{$1}');
  const parameters = [...pathParameters(path), ...queryParameters(route)];
  return {
    path,
    method: route.method.toLowerCase(),
    content: {
      operationId: `${route.operation}${suffix}`,
      summary: route.summary,
      ...(parameters.length === 0 ? {} : { parameters }),
      ...(body === undefined ? {} : { requestBody: { required: !isOptional(route), content: mediaContent(body) } }),
      responses: {
        ...Object.fromEntries((route.statuses ?? [200]).map((status) => [status, response(status, answer)])),
        default: errors(route),
      },
    },
  };
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: RouteDeclaration): JsonObject[] {
  if (query === undefined) return [];
  const properties = optionsJsonSchema(query).properties as JsonObject;
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema, explode: false }));
}

function isOptional({ body }: RouteDeclaration): boolean {
  return body?.kind === 'decoded' && body.optional === true;
}

function response(status: AnswerStatus, answer: MediaSchemas): JsonObject {
  return status === 204 ? { description: 'Done.' } : { description: 'The answer.', content: mediaContent(answer) };
}

function errors({ refusal }: RouteDeclaration): JsonObject {
  if (refusal === undefined) return { $ref: '#/components/responses/Problem' };
  return { description: 'The request was refused, or failed.', content: mediaContent(refusal.schemas) };
}

function references({ name }: ServedModel): ModelSchemas {
  return {
    row: { $ref: `#/components/schemas/${name}.Row` },
    prediction: { $ref: `#/components/schemas/${name}.Prediction` },
  };
}

function mediaContent(schemas: MediaSchemas): JsonObject {
  return Object.fromEntries(Object.entries(schemas).map(([mediaType, schema]) => [mediaType, { schema }]));
}

function essence(contentType: string): string {
  return contentType.split(';', 1)[0] as string;
}
