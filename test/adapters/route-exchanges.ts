// One request for every route that can be mounted, in an order in which each finds what it needs.
import type { Sent } from './exchange.js';
import { postCsv, postJson } from './exchange.js';

/** A row of {@link prospect}. */
const row = { age: 31, plan: 'pro', trial: null };
const CSV = 'x,y\n1,0\n2,1\n3,0\n4,1\n5,0\n';

const TENSORS = {
  inputs: [
    { name: 'age', shape: [2], datatype: 'INT64', data: [31, null] },
    { name: 'plan', shape: [2, 1], datatype: 'BYTES', data: ['pro', 'free'] },
  ],
};

/** Requests by route: "POST /predict". */
export const ROUTE_EXCHANGES: Readonly<Record<string, Sent>> = {
  'POST /predict': postJson('/predict', row),
  'POST /predict/:model': postJson('/predict/prospect', row),
  'POST /predict/batch': postJson('/predict/batch', [row, row]),
  'POST /predict/batch/:model': postCsv('/predict/batch/prospect', 'age,plan,trial\n31,pro,\n'),
  'POST /explain': postJson('/explain', row),
  'POST /explain/:model': postJson('/explain/prospect', row),
  'GET /health': { path: '/health' },
  'GET /health/live': { path: '/health/live' },
  'GET /health/ready': { path: '/health/ready' },
  'POST /invocations': postJson('/invocations', { dataframe_records: [row] }),
  'GET /ping': { path: '/ping' },
  'GET /version': { path: '/version' },
  'GET /v2': { path: '/v2' },
  'GET /v2/health/live': { path: '/v2/health/live' },
  'GET /v2/health/ready': { path: '/v2/health/ready' },
  'GET /v2/models/:model': { path: '/v2/models/prospect' },
  'GET /v2/models/:model/ready': { path: '/v2/models/prospect/ready' },
  'POST /v2/models/:model/infer': postJson('/v2/models/prospect/infer', TENSORS),
  'GET /v2/models/:model/versions/:version': { path: '/v2/models/prospect/versions/1' },
  'GET /v2/models/:model/versions/:version/ready': { path: '/v2/models/prospect/versions/1/ready' },
  'POST /v2/models/:model/versions/:version/infer': postJson('/v2/models/prospect/versions/1/infer', TENSORS),
  'GET /metrics': { path: '/metrics' },
  'POST /feedback': postJson('/feedback', { id: 'prediction-5', truth: 'yes' }),
  'POST /feedback/:model': postJson('/feedback/prospect', [{ id: 'unknown', truth: 'no' }]),
  'GET /monitoring/performance': { path: '/monitoring/performance' },
  'GET /monitoring/performance/:model': { path: '/monitoring/performance/prospect' },
  'GET /monitoring/drift': { path: '/monitoring/drift' },
  'GET /monitoring/drift/:model': { path: '/monitoring/drift/prospect' },
  'GET /docs': { path: '/docs' },
  'GET /openapi.json': { path: '/openapi.json' },
  'POST /admin/train': postJson('/admin/train', { recipe: 'constant' }),
  'GET /admin/jobs': { path: '/admin/jobs' },
  'GET /admin/jobs/:id': { path: '/admin/jobs/job-1' },
  'GET /admin/jobs/:id/events': { path: '/admin/jobs/job-1/events' },
  'DELETE /admin/jobs/:id': { method: 'DELETE', path: '/admin/jobs/job-1' },
  'GET /admin/models': { path: '/admin/models' },
  'GET /admin/models/:name': { path: '/admin/models/demo' },
  'GET /admin/models/:name/:version': { path: '/admin/models/demo/1' },
  'PUT /admin/models/:name/aliases/:alias': {
    ...postJson('/admin/models/demo/aliases/champion', { version: 2, reason: 'better' }),
    method: 'PUT',
  },
  'POST /admin/models/:name/rollback': postJson('/admin/models/demo/rollback', { alias: 'champion', reason: 'worse' }),
  'POST /admin/models/:name/reload': postJson('/admin/models/prospect-conversion/reload', {}),
  'GET /admin/live': { path: '/admin/live' },
  'POST /admin/live/:model/rollback': postJson('/admin/live/prospect/rollback', {}),
  'PUT /admin/live/:model/share': { ...postJson('/admin/live/prospect/share', { share: 0.5 }), method: 'PUT' },
  'POST /webhooks/mlflow': postJson('/webhooks/mlflow', {}),
  'POST /eda/profile': postCsv('/eda/profile', CSV, { accept: 'application/json' }),
  'GET /eda/profiles': { path: '/eda/profiles', headers: { accept: 'application/json' } },
  'GET /eda/profiles/:id': {
    path: '/eda/profiles/profile_20260102T030405000Z',
    headers: { accept: 'application/json' },
  },
};
