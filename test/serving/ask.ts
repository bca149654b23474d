// One request to a table of routes, with no server in between.
import type { RequestHeaders, Route, RouteResponse } from '../../src/serving/route.js';

export interface Asked {
  readonly method: Route['method'];
  readonly path: string;
  readonly headers?: RequestHeaders;
  readonly body?: unknown;
  readonly basePath?: string;
}

/** Finds the route as a framework would and lets it answer. */
export async function ask(routes: readonly Route[], asked: Asked): Promise<RouteResponse> {
  const { method, path, headers = {}, body, basePath = '' } = asked;
  for (const route of routes) {
    const params = route.method === method ? match(route.path, path) : undefined;
    if (params === undefined) continue;
    return new Promise((resolve, reject) => route.answer({ params, headers, body, basePath }, resolve, reject));
  }
  throw new Error(`no route answers ${method} ${path}`);
}

/** Posts a value as the bytes of its JSON. */
export function askJson(
  routes: readonly Route[],
  path: string,
  value: unknown,
  headers: RequestHeaders = {},
): Promise<RouteResponse> {
  const body = Buffer.from(JSON.stringify(value));
  return ask(routes, { method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body });
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
