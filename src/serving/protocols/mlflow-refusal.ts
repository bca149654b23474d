// Errors as MLflow's scoring server answers them: `error_code` and `message`, plain text for media types; no input value in either.
import type { JsonObject } from '../../core/json.js';
import type { TabwrightError } from '../../core/tabwright-error.js';
import type { Refusal } from '../route.js';

const CODES: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'RESOURCE_DOES_NOT_EXIST',
  413: 'BAD_REQUEST',
  429: 'REQUEST_LIMIT_EXCEEDED',
  501: 'NOT_IMPLEMENTED',
  503: 'TEMPORARILY_UNAVAILABLE',
};

const errorSchema: JsonObject = {
  type: 'object',
  properties: { error_code: { type: 'string' }, message: { type: 'string' } },
  required: ['error_code', 'message'],
};

/** MLflow's form of errors. What is wrong with a body is status 400, whatever it is elsewhere. */
export const mlflowRefusal: Refusal = {
  schemas: { 'application/json': errorSchema, 'text/plain': { type: 'string' } },
  answer(error, message) {
    if (error.status === 415) return { status: 415, contentType: 'text/plain; charset=utf-8', body: message };
    const body = JSON.stringify({ error_code: codeOf(error), message });
    return { status: statusOf(error), contentType: 'application/json', body };
  },
};

function statusOf({ status }: TabwrightError): number {
  return status >= 500 || CODES[status] !== undefined ? status : 400;
}

function codeOf({ status, code }: TabwrightError): string {
  const known = CODES[status];
  if (known !== undefined) return known;
  if (status >= 500) return 'INTERNAL_ERROR';
  return code === 'COLUMN_MISSING' || code === 'COLUMN_INVALID' ? 'INVALID_PARAMETER_VALUE' : 'BAD_REQUEST';
}
