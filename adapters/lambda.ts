// The route table as an AWS Lambda handler, buffered or streamed, behind API Gateway, a function URL or a load balancer.
import { isUtf8 } from 'node:buffer';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TabwrightError } from '../src/core/tabwright-error.js';
import { createRoutes } from '../src/serving/create-routes.js';
import type { LambdaEvent } from '../src/serving/lambda-event.js';
import { lambdaRequest } from '../src/serving/lambda-event.js';
import { matchRoute } from '../src/serving/match-route.js';
import type { RouteResponse } from '../src/serving/route.js';
import type { ServingOptions } from '../src/serving/serving-options.js';
import { isInPieces, leavePieces } from '../src/serving/start-pieces.js';

export type { LambdaEvent, ServingOptions };

/** Serving options, and where the routes are. */
export interface LambdaOptions extends ServingOptions {
  /** Path that the routes are under, such as "/ml", without the stage; none where absent. */
  readonly basePath?: string | undefined;
}

/** What a buffered handler returns: one form that all four kinds of events take. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Instead of `headers` for a load balancer whose events have them. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** What Lambda's Node runtime offers for streamed answers. */
interface LambdaRuntime {
  streamifyResponse(handler: (event: LambdaEvent, stream: Writable) => Promise<void>): LambdaStreamHandler;
  readonly HttpResponseStream: { from(stream: Writable, metadata: object): Writable };
}

/** A handler whose answer may be longer than 6 MB, and begins before it is whole. */
export type LambdaStreamHandler = (event: LambdaEvent, stream: Writable) => Promise<void>;

/**
 * A handler that answers with a whole body, of at most 6 MB. Rejects only with errors that were left to the host.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID
 * @example
 * export const handler = tabwright({ predictors: { prospect: predictor } });
 */
export function tabwright(options: LambdaOptions): (event: LambdaEvent) => Promise<LambdaResult> {
  const answer = answerer(options);
  return async (event) => {
    const { status: statusCode, headers, body } = await answer(event);
    const whole = isInPieces(body) ? await joined(body) : body;
    const isText = typeof whole === 'string' || isUtf8(whole);
    const text = typeof whole === 'string' ? whole : Buffer.from(whole).toString(isText ? 'utf8' : 'base64');
    const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
    const many = event.headers || !event.multiValueHeaders ? {} : { multiValueHeaders };
    return { statusCode, headers, ...many, body: text, isBase64Encoded: !isText };
  };
}

export default tabwright;

/**
 * A handler that streams its answers: for function URLs with invoke mode RESPONSE_STREAM. It can be made in Lambda alone.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID
 * @throws PACKAGE_MISSING where the runtime cannot stream
 */
export function tabwrightStream(options: LambdaOptions): LambdaStreamHandler {
  const { awslambda } = globalThis as { awslambda?: LambdaRuntime };
  if (awslambda === undefined) {
    throw new TabwrightError('PACKAGE_MISSING', "lambda: streamed answers need Lambda's Node runtime");
  }
  const answer = answerer(options);
  return awslambda.streamifyResponse(async (event, stream) => {
    const { status: statusCode, headers, body } = await answer(event);
    const out = awslambda.HttpResponseStream.from(stream, { statusCode, headers });
    // Status and headers go before the first write, also where the body is empty.
    out.write('');
    await pipeline(Readable.from(isInPieces(body) ? body : [body]), out);
  });
}

function answerer({ basePath = '', ...serving }: LambdaOptions): (event: LambdaEvent) => Promise<RouteResponse> {
  const match = matchRoute(createRoutes(serving), basePath);
  return async (event) => {
    const { method, path, stagePath, query, headers, body } = lambdaRequest(event);
    const found = match(method, path);
    if (found === undefined) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' };
    const { route, params } = found;
    const request = {
      params,
      url: `${path}?${query}`,
      headers,
      body,
      basePath: `${stagePath}${basePath}`,
      signal: () => new AbortController().signal,
    };
    const response = await new Promise<RouteResponse>((resolve, reject) => route.answer(request, resolve, reject));
    return method === 'HEAD' ? withoutBody(response) : response;
  };
}

async function withoutBody(response: RouteResponse): Promise<RouteResponse> {
  const { headers, body } = response;
  if (isInPieces(body)) await leavePieces(body);
  const length = isInPieces(body) ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return { ...response, headers: { ...headers, ...length }, body: '' };
}

async function joined(pieces: AsyncIterable<string | Uint8Array>): Promise<Uint8Array> {
  const buffers: Buffer[] = [];
  for await (const piece of pieces) buffers.push(Buffer.from(piece));
  return Buffer.concat(buffers);
}
