// Error answers: problem details (RFC 9457) with our code, the request id and every broken rule, and no input value.
import { ERROR_CODES } from '../core/error-codes.js';
import type { JsonObject } from '../core/json.js';
import type { TabwrightError } from '../core/tabwright-error.js';

/** Media type of error answers. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** JSON Schema of an error answer. */
export const problemSchema: JsonObject = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  properties: {
    type: { type: 'string', description: 'urn:tabwright:error: and the code.' },
    title: { type: 'string', description: 'What the code means.' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What was wrong with this request.' },
    code: { type: 'string', enum: Object.keys(ERROR_CODES) },
    requestId: { type: 'string' },
    problems: {
      type: 'array',
      description: 'Every broken rule.',
      items: {
        type: 'object',
        properties: {
          column: { type: 'string', description: 'Empty where the rule is about the whole body or table.' },
          rule: { type: 'string' },
          kind: { type: 'string', description: 'Kind of the first value that broke it.' },
          count: { type: 'integer', description: 'Rows that broke it.' },
          rows: { type: 'array', items: { type: 'integer' }, description: 'The first of them, counted from 0.' },
        },
        required: ['column', 'rule', 'kind', 'count', 'rows'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId', 'problems'],
};

/** What a client may be told of an error. Failures of the server say no more than their code: the log has the rest. */
export function problemDetail({ status, code, message }: TabwrightError): string {
  return status >= 500 ? ERROR_CODES[code].doc : message;
}

/** The body of an error answer. */
export function problemJson(error: TabwrightError, requestId: string): string {
  return JSON.stringify({
    type: `urn:tabwright:error:${error.code}`,
    title: ERROR_CODES[error.code].doc,
    status: error.status,
    detail: problemDetail(error),
    code: error.code,
    requestId,
    problems: error.problems.map(({ column, rule, kind, count, rows }) => ({ column, rule, kind, count, rows })),
  });
}
