import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import type { DecodedBody } from './route.js';

/** The row of a body that holds one. @throws REQUEST_INVALID */
export function oneRow(body: DecodedBody | undefined): Record<string, unknown> {
  const value = body?.mediaType === 'application/json' ? body.value : undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new TabwrightError('REQUEST_INVALID', `the body must be one JSON object, got ${valueKind(value)}`);
}
