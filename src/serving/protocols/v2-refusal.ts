import type { Refusal } from '../route.js';

/** Errors as the Open Inference Protocol has them: `{ error }`. What is wrong with a body is status 400. */
export const v2Refusal: Refusal = {
  schemas: {
    'application/json': { type: 'object', properties: { error: { type: 'string' } }, required: ['error'] },
  },
  answer({ status }, message) {
    const known = status >= 500 || [401, 403, 404, 413, 415, 429].includes(status);
    return { status: known ? status : 400, contentType: 'application/json', body: JSON.stringify({ error: message }) };
  },
};
