// The batches among the exchanges: lists and CSV, in and out.
import { postCsv, postJson } from './exchange.js';
import type { Exchange } from './exchanges.js';

const yes = { id: 'p-0', score: 0.75, label: 'yes', version: 1, model: 'prospect-conversion' };
const no = { id: 'p-1', score: 0.25, label: 'no', version: 1, model: 'prospect-conversion' };
const row = { age: 31, plan: 'pro', trial: null };
const rows = [row, { plan: 'free' }];
const csv = 'age,plan\n31,pro\n,free\n';
const csvOut = 'id,score,label,model,version\np-0,0.75,yes,prospect-conversion,1\np-1,0.25,no,prospect-conversion,1\n';

export const BATCH_EXCHANGES: readonly Exchange[] = [
  { name: 'scores a list', send: postJson('/predict/batch', rows), status: 200, body: [yes, no] },
  {
    name: 'scores a list by a named model',
    send: postJson('/predict/batch/prospect', rows),
    status: 200,
    body: [yes, no],
  },
  { name: 'scores an empty list', send: postJson('/predict/batch', []), status: 200, body: [] },
  { name: 'answers CSV with CSV', send: postCsv('/predict/batch', csv), status: 200, text: csvOut },
  {
    name: 'reads CSV in the types of the schema: digits stay text',
    send: postCsv('/predict/batch', 'age,plan\n31,42\n', { accept: 'application/json' }),
    status: 200,
    body: [yes],
  },
  {
    name: 'answers CSV with JSON where that is accepted',
    send: postCsv('/predict/batch', csv, { accept: 'application/json' }),
    status: 200,
    body: [yes, no],
  },
  {
    name: 'answers JSON with CSV where that is accepted',
    send: postJson('/predict/batch', rows, { accept: 'application/json;q=0.5, text/csv' }),
    status: 200,
    text: csvOut,
  },
  {
    name: 'answers in the type of the body where neither is accepted',
    send: postJson('/predict/batch', rows, { accept: 'image/png' }),
    status: 200,
    body: [yes, no],
  },
  {
    name: 'has a CSV column a class',
    send: postCsv('/predict/batch/penguin', 'mass\n4000\n'),
    status: 200,
    text: 'id,score,label,probability_Adelie,probability_Chinstrap,probability_Gentoo,model,version\np-0,0.5,Adelie,0.5,0.25,0.25,penguin,1\n',
  },
  {
    name: 'leaves the label of regression empty in CSV',
    send: postCsv('/predict/batch/diamond', 'carat\n0.5\n'),
    status: 200,
    text: `id,score,model,version\np-0,${0.5 / 3},diamond,1\n`,
  },
  {
    name: 'refuses more rows than the limit',
    send: postJson('/predict/batch', Array(6).fill(row)),
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  {
    name: 'refuses more CSV rows than the limit',
    send: postCsv('/predict/batch', `age,plan\n${'31,pro\n'.repeat(6)}`),
    status: 413,
    code: 'BODY_TOO_LARGE',
  },
  {
    name: 'refuses CSV with ragged rows',
    send: postCsv('/predict/batch', 'age,plan\n31,pro,9\n'),
    status: 422,
    code: 'CSV_MALFORMED',
  },
  {
    name: 'refuses CSV with no rows',
    send: postCsv('/predict/batch', 'age,plan\n'),
    status: 422,
    code: 'DATA_EMPTY',
  },
  {
    name: 'refuses one object where a list belongs',
    send: postJson('/predict/batch', row),
    status: 400,
    code: 'REQUEST_INVALID',
  },
];
