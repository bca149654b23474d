// What API Gateway, a function URL and a load balancer make of a request, and of what a handler returns.
import { isUtf8 } from 'node:buffer';
import type { LambdaEvent, LambdaResult } from '../../adapters/lambda.js';

/** A request as it arrives at a gateway. */
export interface GatewayRequest {
  readonly method: string;
  /** With the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Makes an event of a request. */
export type ToEvent = (request: GatewayRequest) => LambdaEvent;

/** The events by their source. */
export const LAMBDA_EVENTS: Readonly<Record<'payload 1.0' | 'payload 2.0' | 'function URL' | 'ALB', ToEvent>> = {
  'payload 1.0'(request) {
    const { method: httpMethod, headers } = request;
    const { path, search } = split(request.target);
    const { single, multi } = parameters(search);
    return {
      resource: '/{proxy+}',
      httpMethod,
      path,
      headers,
      multiValueHeaders: listed(headers),
      queryStringParameters: single,
      multiValueQueryStringParameters: multi,
      pathParameters: { proxy: path.slice(1) },
      stageVariables: null,
      requestContext: { stage: 'prod', path, httpMethod, identity: { sourceIp: '127.0.0.1' } },
      ...bodyOf(request),
    } as LambdaEvent;
  },
  'payload 2.0': (request) => payload2(request, 'prod'),
  'function URL': (request) => payload2(request, '$default'),
  ALB(request) {
    const { path, search } = split(request.target);
    const pairs = search === '' ? [] : search.split('&').map((pair) => pair.split('='));
    return {
      requestContext: {
        elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1' },
      },
      httpMethod: request.method,
      path,
      multiValueQueryStringParameters: Object.fromEntries(pairs.map(([name, value]) => [name, [value]])),
      multiValueHeaders: listed(request.headers),
      ...bodyOf(request),
      ...(request.body.length === 0 ? { body: '' } : {}),
    } as LambdaEvent;
  },
};

/** The bytes that a gateway sends for a result. */
export function bytesOf({ body, isBase64Encoded }: LambdaResult): Buffer {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
}

/** With a stage in the context, and, as behind a domain that maps to it, none in the path. */
function payload2(request: GatewayRequest, stage: string): LambdaEvent {
  const { path, search } = split(request.target);
  const { cookie, ...headers } = request.headers;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: search,
    headers,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    requestContext: { stage, http: { method: request.method, path, protocol: 'HTTP/1.1' } },
    ...(request.body.length === 0 ? { isBase64Encoded: false } : bodyOf(request)),
  } as LambdaEvent;
}

function split(target: string): { path: string; search: string } {
  const [path = '', search = ''] = target.split('?', 2);
  return { path, search };
}

function parameters(search: string): { single: object | null; multi: object | null } {
  if (search === '') return { single: null, multi: null };
  const decoded = new URLSearchParams(search);
  const names = [...new Set(decoded.keys())];
  return {
    single: Object.fromEntries(decoded),
    multi: Object.fromEntries(names.map((name) => [name, decoded.getAll(name)])),
  };
}

function listed(headers: GatewayRequest['headers']): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

/** Text as it is, anything else in base64. */
function bodyOf({ body }: GatewayRequest): Pick<LambdaEvent, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { body: null, isBase64Encoded: false };
  const isBase64Encoded = !isUtf8(body);
  return { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}
