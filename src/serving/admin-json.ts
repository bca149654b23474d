import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import type { ContentResponse, HandlerRequest } from './route.js';

/** An answer about what is so now, and not for other eyes: nothing on the way may keep it. */
export function adminJson(body: object, more: Partial<ContentResponse> = {}): ContentResponse {
  const headers = { 'cache-control': 'no-store', ...more.headers };
  return { mediaType: 'application/json', ...more, headers, body: JSON.stringify(body) };
}

/**
 * The members of a JSON body that is an object; of none where there is no body.
 * @param known Names of its members.
 * @throws REQUEST_INVALID
 */
export function bodyMembers({ body }: HandlerRequest, known: readonly string[]): Readonly<Record<string, unknown>> {
  return body?.mediaType === 'application/json' ? members(body.value, known) : {};
}

/** The members of a value that must be an object with no others. @throws REQUEST_INVALID */
export function members(value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TabwrightError('REQUEST_INVALID', `the body must be one JSON object, got ${valueKind(value)}`);
  }
  if (Object.keys(value).every((name) => known.includes(name))) return value as Readonly<Record<string, unknown>>;
  throw new TabwrightError('REQUEST_INVALID', `the body must have no members but ${known.join(', ')}`);
}

/** A member that is text, or absent. @throws REQUEST_INVALID */
export function textMember(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new TabwrightError('REQUEST_INVALID', `${name} must be a string, got ${valueKind(value)}`);
}
