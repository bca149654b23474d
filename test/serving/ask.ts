// One request to a table of routes, with no server in between.
import type { AnswerBody, RequestHeaders, Route, RouteResponse } from '../../src/serving/route.js';
import { isInPieces } from '../../src/serving/start-pieces.js';

export interface Asked {
  readonly method: Route['method'];
  readonly path: string;
  readonly headers?: RequestHeaders;
  readonly body?: unknown;
  readonly basePath?: string;
  /** Made when the handler asks; never aborted where absent. */
  readonly signal?: AbortSignal;
}

/** An answer with its whole body as text. */
export interface Answered extends Omit<RouteResponse, 'body'> {
  readonly body: string;
}

/** Finds the route as a framework would and lets it answer. */
export async function ask(routes: readonly Route[], asked: Asked): Promise<Answered> {
  const { method, path: url, headers = {}, body, basePath = '' } = asked;
  const signal = () => asked.signal ?? new AbortController().signal;
  const [path = ''] = url.split('?', 1);
  for (const route of routes) {
    const params = route.method === method ? match(route.path, path) : undefined;
    if (params === undefined) continue;
    const request = { params, url, headers, body, basePath, signal };
    const response = await new Promise<RouteResponse>((resolve, reject) => route.answer(request, resolve, reject));
    return { ...response, body: await wholeText(response.body) };
  }
  throw new Error(`no route answers ${method} ${path}`);
}

/** Posts a value as the bytes of its JSON. */
export function askJson(
  routes: readonly Route[],
  path: string,
  value: unknown,
  headers: RequestHeaders = {},
): Promise<Answered> {
  const body = Buffer.from(JSON.stringify(value));
  return ask(routes, { method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body });
}

async function wholeText(body: AnswerBody): Promise<string> {
  if (!isInPieces(body)) return Buffer.from(body).toString();
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = given[i] as string;
    else if (part !== given[i]) return undefined;
  }
  return params;
}
