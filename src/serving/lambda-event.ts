// Lambda's HTTP events, read alike: API Gateway's payloads 1.0 and 2.0, function URLs, and application load balancers.

type Values = Readonly<Record<string, string | undefined>> | null | undefined;
type MultiValues = Readonly<Record<string, readonly string[] | undefined>> | null | undefined;

/** An HTTP event, as far as it is read. */
export interface LambdaEvent {
  /** "2.0" for HTTP APIs and function URLs; "1.0" or absent for REST APIs and load balancers. */
  readonly version?: string | undefined;
  readonly httpMethod?: string | undefined;
  readonly path?: string | undefined;
  readonly rawPath?: string | undefined;
  readonly rawQueryString?: string | undefined;
  readonly headers?: Values;
  readonly multiValueHeaders?: MultiValues;
  readonly queryStringParameters?: Values;
  readonly multiValueQueryStringParameters?: MultiValues;
  readonly cookies?: readonly string[] | undefined;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly requestContext?:
    | {
        readonly stage?: string | undefined;
        readonly path?: string | undefined;
        readonly http?: { readonly method?: string | undefined } | undefined;
        readonly elb?: unknown;
      }
    | undefined;
}

/** An event in the words of a request. */
export interface LambdaRequest {
  readonly method: string;
  /** Without the stage. */
  readonly path: string;
  /** The part of the public path that `path` lacks: the stage, or the mapping of a domain. */
  readonly stagePath: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/** Reads an event of any of the four. */
export function lambdaRequest(event: LambdaEvent): LambdaRequest {
  const { body, isBase64Encoded, requestContext } = event;
  const shared = {
    headers: headersOf(event),
    body: body ? Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') : undefined,
  };
  if (event.version === '2.0') {
    const { rawPath = '/', rawQueryString = '' } = event;
    const stage = `/${requestContext?.stage}`;
    const stagePath = rawPath === stage || rawPath.startsWith(`${stage}/`) ? stage : '';
    const method = requestContext?.http?.method ?? 'GET';
    return { ...shared, method, path: rawPath.slice(stagePath.length), stagePath, query: rawQueryString };
  }
  const { httpMethod: method = 'GET', path = '/' } = event;
  const whole = requestContext?.path ?? '';
  const stagePath = whole.endsWith(path) ? whole.slice(0, whole.length - path.length) : '';
  return { ...shared, method, path, stagePath, query: queryOf(event) };
}

function headersOf({ headers, multiValueHeaders, cookies }: LambdaEvent): Record<string, string> {
  const lower: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value !== undefined) lower[name.toLowerCase()] = value;
  }
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    if (values !== undefined) lower[name.toLowerCase()] = values.join(name.toLowerCase() === 'cookie' ? '; ' : ', ');
  }
  if (cookies !== undefined) lower.cookie = cookies.join('; ');
  return lower;
}

/** A load balancer passes parameters on as they were sent; the gateway has decoded them. */
function queryOf({ queryStringParameters, multiValueQueryStringParameters, requestContext }: LambdaEvent): string {
  const pairs = multiValueQueryStringParameters
    ? Object.entries(multiValueQueryStringParameters).flatMap(([name, values = []]) => values.map((v) => [name, v]))
    : Object.entries(queryStringParameters ?? {});
  if (requestContext?.elb !== undefined) return pairs.map((pair) => pair.join('=')).join('&');
  return new URLSearchParams(pairs as [string, string][]).toString();
}
