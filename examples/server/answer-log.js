// One log line an answer, with no query, header or body in it; its id is the one that the caller got.
import { LogController } from 'fastify';

/** Probes and scrapes come every few seconds and say nothing. */
const PROBE = /\/(metrics|health(\/\w+)?)$/;

export class AnswerLog extends LogController {
  incomingRequest() {}

  routeNotFound() {}

  requestCompleted(error, request, reply) {
    const { method, routeOptions } = request;
    const line = {
      requestId: reply.getHeader('x-request-id') ?? request.id,
      method,
      route: routeOptions.url,
      status: reply.statusCode,
      ms: reply.elapsedTime,
    };
    if (error) request.log.error({ ...line, err: error }, 'not answered');
    else request.log[PROBE.test(line.route ?? '') ? 'debug' : 'info'](line, 'answered');
  }
}
