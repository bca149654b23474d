// Jobs as JSON: what their caller may see of them, which is neither file names of this machine nor the query of a URL.

import { ERROR_CODES } from '../../core/error-codes.js';
import type { Job } from '../../core/job-queue.js';
import type { JsonObject } from '../../core/json.js';
import type { ProfileInput } from './profile-job.js';
import type { TrainInput } from './train-job.js';

const time = { type: 'string', format: 'date-time' };

/** JSON Schema of a job. */
export const jobSchema: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    kind: { type: 'string', description: '"train" or "profile".' },
    state: { type: 'string', enum: ['waiting', 'running', 'done', 'failed', 'cancelled'] },
    createdAt: time,
    startedAt: time,
    finishedAt: time,
    attempts: { type: 'integer', minimum: 0, description: 'How often it was started.' },
    input: { type: 'object', description: 'What was asked for.' },
    progress: {
      type: 'object',
      description: 'The last step.',
      properties: {
        phase: { type: 'string' },
        completed: { type: 'number' },
        total: { type: 'number' },
        message: { type: 'string' },
        metrics: { type: 'object', additionalProperties: { type: ['number', 'null'] } },
      },
      required: ['phase', 'completed', 'total'],
    },
    result: { type: 'object', description: 'What it made, once done.' },
    error: {
      type: 'object',
      description: 'Why it failed.',
      properties: { code: { type: 'string', enum: Object.keys(ERROR_CODES) }, message: { type: 'string' } },
      required: ['code', 'message'],
    },
  },
  required: ['id', 'kind', 'state', 'createdAt', 'attempts', 'input'],
};

/** A job as its caller may see it. */
export function jobJson({ id, kind, state, createdAt, startedAt, finishedAt, attempts, ...job }: Job): object {
  const { progress, result, error } = job;
  const times = { createdAt, startedAt, finishedAt };
  return { id, kind, state, ...times, attempts, input: inputJson(kind, job.input), progress, result, error };
}

function inputJson(kind: string, input: JsonObject): JsonObject {
  if (kind === 'train') {
    const { recipe, params, experiment } = input as TrainInput;
    return { recipe, params, experiment };
  }
  if (kind !== 'profile') return {};
  const { profile, source, options } = input as ProfileInput;
  return { profile, source: source.name, format: source.format, options };
}
