import type { JobQueue } from '../../core/job-queue.js';
import type { JsonObject } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import { adminJson, bodyMembers, textMember } from '../admin-json.js';
import { jobJson, jobSchema } from '../jobs/job-json.js';
import { submitJob } from '../jobs/submit-job.js';
import type { TrainInput } from '../jobs/train-job.js';
import { trainRequest } from '../jobs/train-job.js';
import type { TrainRecipe } from '../jobs/work-options.js';
import type { HandlerRequest, RouteDeclaration } from '../route.js';

const MEMBERS = ['recipe', 'params', 'experiment'];

/** `POST /admin/train`: takes in a training by recipe. Trainings of one model run one after another. */
export function trainRoute(
  jobs: JobQueue,
  recipes: Readonly<Record<string, TrainRecipe>>,
  limitBytes: number,
): RouteDeclaration {
  return {
    operation: 'train',
    method: 'POST',
    path: '/admin/train',
    scope: 'admin',
    model: 'none',
    summary: 'Trains by a recipe, as a job. Requests of one Idempotency-Key are one job.',
    body: { kind: 'decoded', limitBytes, mediaTypes: ['application/json'] },
    statuses: [202],
    describe: () => ({
      body: { 'application/json': bodySchema(Object.keys(recipes)) },
      answer: { 'application/json': jobSchema },
    }),
    async handle(request) {
      const input = inputOf(request);
      const concurrencyKey = trainRequest(recipes, input).name;
      const job = await submitJob(jobs, { kind: 'train', input, concurrencyKey, asked: input }, request);
      return adminJson(jobJson(job), { status: 202, headers: { location: jobPath(request, job.id) } });
    },
  };
}

/** Where a job can be read. */
export function jobPath({ basePath }: HandlerRequest, id: string): string {
  return `${basePath}/admin/jobs/${encodeURIComponent(id)}`;
}

function inputOf(request: HandlerRequest): TrainInput {
  const body = bodyMembers(request, MEMBERS);
  const { params = {} } = body;
  const recipe = textMember(body, 'recipe');
  if (recipe === undefined) throw new TabwrightError('REQUEST_INVALID', 'recipe is required');
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new TabwrightError('REQUEST_INVALID', `params must be an object, got ${valueKind(params)}`);
  }
  return { recipe, params: params as JsonObject, experiment: textMember(body, 'experiment') ?? null };
}

function bodySchema(recipes: readonly string[]): JsonObject {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      recipe: { type: 'string', enum: recipes },
      params: { type: 'object', description: 'Parameters of the recipe in place of its own.' },
      experiment: { type: 'string', description: "Experiment to record the run in; the recipe's where absent." },
    },
    required: ['recipe'],
  };
}
