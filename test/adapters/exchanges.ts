// What every adapter must answer: requests with the status and the body, or the error code, that they get.
import type { ErrorCode } from '../../src/core/error-codes.js';
import { BATCH_EXCHANGES } from './batch-exchanges.js';
import type { Sent } from './exchange.js';
import { postCsv, postJson } from './exchange.js';

export interface Exchange {
  readonly name: string;
  readonly send: Sent;
  readonly status: number;
  /** The whole body, where the answer is no error. */
  readonly body?: unknown;
  /** The whole body as text, where it is no JSON. */
  readonly text?: string;
  readonly code?: ErrorCode;
}

const yes = { id: 'p', score: 0.75, label: 'yes', version: 1, model: 'prospect-conversion' };
const no = { id: 'p', score: 0.25, label: 'no', version: 1, model: 'prospect-conversion' };
const row = { age: 31, plan: 'pro', trial: null };

/** Sent to a host that serves prospect (default), penguin, diamond and broken, with a limit of 2,000 bytes a row and 5 rows a batch. */
export const EXCHANGES: readonly Exchange[] = [...answers(), ...BATCH_EXCHANGES, ...refusedBodies(), ...refusedRows()];

function answers(): Exchange[] {
  const penguin = { id: 'p', score: 0.5, label: 'Adelie', version: 1, model: 'penguin' };
  const probabilities = { Adelie: 0.5, Chinstrap: 0.25, Gentoo: 0.25 };
  return [
    { name: 'scores a row by the default model', send: postJson('/predict', row), status: 200, body: yes },
    { name: 'scores a row by a named model', send: postJson('/predict/prospect', row), status: 200, body: yes },
    {
      name: 'answers with every probability of a multiclass model',
      send: postJson('/predict/penguin', { mass: 4000 }),
      status: 200,
      body: { ...penguin, probabilities },
    },
    {
      name: 'answers with a null label for regression, every bit of the score kept',
      send: postJson('/predict/diamond', { carat: 0.1 }),
      status: 200,
      body: { id: 'p', score: 0.1 / 3, label: null, version: 1, model: 'diamond' },
    },
    {
      name: 'keeps null missing: it is no 0',
      send: postJson('/predict', { ...row, age: null }),
      status: 200,
      body: no,
    },
    { name: 'takes an absent member for missing', send: postJson('/predict', { plan: 'pro' }), status: 200, body: no },
    {
      name: 'reads text beyond ASCII',
      send: postJson('/predict', { plan: 'Größe 🚀' }),
      status: 200,
      body: { ...yes, score: 0.9 },
    },
    {
      name: 'takes the last of duplicate members',
      send: postJson('/predict', '{"age":0,"plan":"pro","age":31}'),
      status: 200,
      body: yes,
    },
    {
      name: 'takes __proto__ and constructor for members like any other',
      send: postJson('/predict', '{"__proto__":{"age":0},"constructor":{"prototype":{"age":0}},"plan":"pro"}'),
      status: 200,
      body: no,
    },
    {
      name: 'reads a body after a byte order mark',
      send: postJson('/predict', `\uFEFF${JSON.stringify(row)}`),
      status: 200,
      body: yes,
    },
    {
      name: 'reads a content type with parameters, in any case',
      send: postJson('/predict', row, { 'content-type': 'Application/JSON; charset="UTF-8"' }),
      status: 200,
      body: yes,
    },
    {
      name: 'reads a body that comes without its length',
      send: { ...postJson('/predict', row), chunked: true },
      status: 200,
      body: yes,
    },
    { name: 'is alive', send: { path: '/health/live' }, status: 200, body: { status: 'ok' } },
    { name: 'is ready', send: { path: '/health/ready' }, status: 200, body: { status: 'ok' } },
    {
      name: 'says what it serves',
      send: { path: '/health' },
      status: 200,
      body: {
        status: 'ok',
        models: {
          prospect: { model: 'prospect-conversion', version: 1 },
          penguin: { model: 'penguin', version: 1 },
          diamond: { model: 'diamond', version: 1 },
          broken: { model: 'broken', version: 1 },
        },
      },
    },
    {
      name: 'answers HEAD like GET with no body',
      send: { method: 'HEAD', path: '/health/live' },
      status: 200,
      text: '',
    },
  ];
}

function refusedBodies(): Exchange[] {
  const latin1 = Buffer.from('{"plan":"Größe"}', 'latin1');
  return [
    { name: 'refuses broken JSON', send: postJson('/predict', '{"age":31,'), status: 400, code: 'REQUEST_INVALID' },
    { name: 'refuses an empty body', send: postJson('/predict', ''), status: 400, code: 'REQUEST_INVALID' },
    { name: 'refuses no body', send: { method: 'POST', path: '/predict' }, status: 400, code: 'REQUEST_INVALID' },
    {
      name: 'refuses a list where one row belongs',
      send: postJson('/predict', [row]),
      status: 400,
      code: 'REQUEST_INVALID',
    },
    {
      name: 'refuses null where a row belongs',
      send: postJson('/predict', 'null'),
      status: 400,
      code: 'REQUEST_INVALID',
    },
    {
      name: 'refuses text that is not UTF-8',
      send: { ...postJson('/predict', ''), body: latin1 },
      status: 422,
      code: 'TEXT_ENCODING',
    },
    {
      name: 'refuses a form',
      send: postJson('/predict', 'age=31', { 'content-type': 'application/x-www-form-urlencoded' }),
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
    },
    {
      name: 'refuses CSV where one row belongs',
      send: postCsv('/predict', 'age\n31\n'),
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
    },
    {
      name: 'refuses a content type that is none',
      send: postJson('/predict', row, { 'content-type': 'json' }),
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
    },
    {
      name: 'refuses a body without a content type',
      send: { method: 'POST', path: '/predict', body: '{}' },
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
    },
    {
      name: 'refuses another charset',
      send: postCsv('/predict/batch', 'age\n31\n', { 'content-type': 'text/csv; charset=latin1' }),
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
    },
    {
      name: 'refuses a body over the limit by its length',
      send: postJson('/predict', { plan: 'x'.repeat(3000) }),
      status: 413,
      code: 'BODY_TOO_LARGE',
    },
    {
      name: 'refuses a body over the limit that came without its length',
      send: { ...postJson('/predict', { plan: 'x'.repeat(300_000) }), chunked: true },
      status: 413,
      code: 'BODY_TOO_LARGE',
    },
    {
      name: 'answers a client that sends 20 MB too much',
      send: postJson('/predict', { plan: 'x'.repeat(20_000_000) }),
      status: 413,
      code: 'BODY_TOO_LARGE',
    },
  ];
}

function refusedRows(): Exchange[] {
  return [
    {
      name: 'refuses a value of the wrong type: text is no number',
      send: postJson('/predict', { ...row, age: '31' }),
      status: 422,
      code: 'VALIDATION_FAILED',
    },
    {
      name: 'refuses a value of the wrong type: true is no number',
      send: postJson('/predict', { ...row, age: true }),
      status: 422,
      code: 'VALIDATION_FAILED',
    },
    { name: 'refuses a missing value', send: postJson('/predict', { age: 3 }), status: 422, code: 'VALIDATION_FAILED' },
    {
      name: 'refuses a list with a row that is none',
      send: postJson('/predict/batch', [row, null, 3]),
      status: 422,
      code: 'VALIDATION_FAILED',
    },
    {
      name: 'refuses a model that is not served',
      send: postJson('/predict/nobody', row),
      status: 404,
      code: 'MODEL_NOT_FOUND',
    },
    {
      name: 'refuses a model named like a member of every object',
      send: postJson('/predict/__proto__', row),
      status: 404,
      code: 'MODEL_NOT_FOUND',
    },
    {
      name: 'tells nothing of an unexpected failure',
      send: postJson('/predict/broken', { x: 1 }),
      status: 500,
      code: 'INTERNAL',
    },
  ];
}
