// A router for hosts that have none: the table is short, and most of its paths are found by one look-up.
import type { Route } from './route.js';

/** A route and the parameters of its path, decoded. */
export interface MatchedRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a method and a path, which is matched to the letter; undefined where there is none. */
export type MatchRoute = (method: string, path: string) => MatchedRoute | undefined;

const NO_PARAMS: MatchedRoute['params'] = Object.freeze({});

/** A router for routes that are mounted at `basePath`. HEAD finds what GET does. */
export function matchRoute(routes: readonly Route[], basePath: string): MatchRoute {
  const plain = new Map<string, MatchedRoute>();
  const named: { readonly route: Route; readonly parts: readonly string[] }[] = [];
  for (const route of routes) {
    if (route.path.includes('/:')) named.push({ route, parts: route.path.split('/') });
    else plain.set(`${route.method} ${basePath}${route.path}`, { route, params: NO_PARAMS });
  }
  return (given, path) => {
    const method = given === 'HEAD' ? 'GET' : given;
    const found = plain.get(`${method} ${path}`);
    if (found !== undefined || !path.startsWith(basePath)) return found;
    const parts = path.slice(basePath.length).split('/');
    for (const { route, parts: wanted } of named) {
      const params = route.method === method ? paramsOf(wanted, parts) : undefined;
      if (params !== undefined) return { route, params };
    }
    return undefined;
  };
}

function paramsOf(wanted: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== parts.length) return undefined;
  const params: Record<string, string> = Object.create(null);
  for (const [i, part] of wanted.entries()) {
    const given = parts[i] as string;
    if (!part.startsWith(':')) {
      if (part !== given) return undefined;
      continue;
    }
    const decoded = decode(given);
    if (decoded === undefined || decoded === '') return undefined;
    params[part.slice(1)] = decoded;
  }
  return params;
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
