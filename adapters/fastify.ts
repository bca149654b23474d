// Mounts the route table in a Fastify 5 application: an encapsulated plugin with native routes.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { optionsJsonSchema } from '../src/core/options-json-schema.js';
import { clientSignal } from '../src/serving/client-signal.js';
import { createRoutes } from '../src/serving/create-routes.js';
import type { MediaSchemas, Route } from '../src/serving/route.js';
import type { ServingOptions } from '../src/serving/serving-options.js';
import type { Pieces } from '../src/serving/start-pieces.js';
import { isInPieces, leavePieces } from '../src/serving/start-pieces.js';

export type { ServingOptions };

/** What `register` takes beside our options, and passes on with them. */
interface RegisterOptions {
  readonly prefix?: unknown;
  readonly logLevel?: unknown;
  readonly logSerializers?: unknown;
}

type Params = Readonly<Record<string, string>>;

/**
 * The plugin. Failed requests are logged by the request's logger where no other is given. The application's hooks run; its
 * body parsers, limits, validator and serializer do not reach these routes, nor theirs the application.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID as the application gets ready
 * @example
 * app.register(tabwright, { prefix: '/ml', predictors: { prospect: predictor } });
 */
export const tabwright: FastifyPluginAsync<ServingOptions> = async (app, options) => {
  const { prefix, logLevel, logSerializers, ...serving } = options as ServingOptions & RegisterOptions;
  app.removeAllContentTypeParsers();
  // Types that are named are found in a cache; the star lets the routes refuse the others.
  app.addContentTypeParser(['application/json', 'text/csv', '*'], (_request, stream, parsed) => parsed(null, stream));
  for (const route of createRoutes(serving)) mount(app, route);
};

export default tabwright;

function mount(app: FastifyInstance, route: Route): void {
  const basePath = app.prefix;

  function answer({ method, params, url, headers, body, log: logger }: FastifyRequest, reply: FastifyReply): void {
    const signal = () => clientSignal(reply.raw);
    route.answer(
      { params: params as Params, url, headers, body, basePath, signal, logger },
      ({ status, headers, body }) =>
        reply
          .code(status)
          .headers(headers)
          .send(isInPieces(body) ? streamOf(body, method) : body),
      (error) => reply.send(error),
    );
  }

  app.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: route.method === 'GET',
    schema: schemaOf(route),
    // Schemas are there to be seen: AJV would turn null into 0 before a predictor sees it, and answers are text already.
    validatorCompiler: () => () => true,
    serializerCompiler: () => JSON.stringify,
    handler: answer,
    errorHandler(error, request, reply) {
      // A content type that Fastify cannot read ends before the handler; every other error is the application's.
      if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') throw error;
      answer(request, reply);
    },
  });
}

function streamOf(pieces: Pieces, method: string): Readable | string {
  if (method !== 'HEAD') return Readable.from(pieces);
  leavePieces(pieces);
  return '';
}

function schemaOf({ summary, query, statuses = [200], schemas }: Route): FastifySchema & { readonly summary: string } {
  const { body, answer } = schemas;
  const content = { description: 'The answer.', content: contentOf(answer) };
  return {
    summary,
    ...(query === undefined ? {} : { querystring: optionsJsonSchema(query) }),
    ...(body === undefined ? {} : { body: { content: contentOf(body) } }),
    response: Object.fromEntries(
      statuses.map((status) => [status, status === 204 ? { description: 'Done.', type: 'null' } : content]),
    ),
  };
}

function contentOf(schemas: MediaSchemas): Record<string, { schema: unknown }> {
  return Object.fromEntries(Object.entries(schemas).map(([mediaType, schema]) => [mediaType, { schema }]));
}
