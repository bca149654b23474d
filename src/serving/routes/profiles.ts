// Profiles over HTTP: a file or a URL in, a page out, now or as a job to look at later.
import type { Job, JobQueue } from '../../core/job-queue.js';
import type { JsonObject } from '../../core/json.js';
import { optionsTable } from '../../core/options-table.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { profileOptions } from '../../eda/profile-options.js';
import { adminJson } from '../admin-json.js';
import { jobJson, jobSchema } from '../jobs/job-json.js';
import type { ProfileFolder } from '../jobs/profile-folder.js';
import type { ProfileInput } from '../jobs/profile-job.js';
import type { ReceivedSource } from '../jobs/receive-source.js';
import { receiveSource, SOURCE_MEDIA_TYPES, sourceSchemas } from '../jobs/receive-source.js';
import { submitJob } from '../jobs/submit-job.js';
import type { ProfileSources } from '../jobs/work-options.js';
import { preferredMediaType } from '../media-type.js';
import type { ContentResponse, HandlerRequest, RouteDeclaration } from '../route.js';
import { jobPath } from './train.js';

const { source: _source, table: _table, numThreads: _numThreads, ...specs } = profileOptions.specs;
/** What a request may say about its profile. */
const query = optionsTable('profile', specs);

const FORMS = ['text/html', 'application/json'] as const;
/** The page has its script and its styles in it, and asks for nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

const linkSchema: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    createdAt: { type: 'string', format: 'date-time' },
    href: { type: 'string', description: 'Path of the profile: a page, or JSON where that is accepted.' },
    warnings: { type: 'array', items: { type: 'string' } },
  },
  required: ['id', 'href'],
};

/** What the routes of profiles work with. */
export interface ProfileRoutesOptions {
  readonly jobs: JobQueue;
  readonly folder: ProfileFolder;
  readonly sources: ProfileSources;
  readonly limitBytes: number;
  /** Removes uploads that no job wants. */
  readonly sweep: () => Promise<void>;
}

/** `POST /eda/profile`, `GET /eda/profiles` and `GET /eda/profiles/:id`. */
export function profileRoutes(options: ProfileRoutesOptions): RouteDeclaration[] {
  const { jobs, folder, limitBytes } = options;
  const shared = { method: 'GET', scope: 'admin', model: 'none' } satisfies Partial<RouteDeclaration>;
  return [
    {
      ...shared,
      operation: 'profile',
      method: 'POST',
      path: '/eda/profile',
      summary:
        'Profiles a file or a URL: the page, or a link to it where JSON is accepted; a job at once with Prefer: respond-async.',
      query,
      body: { kind: 'stream', limitBytes, mediaTypes: SOURCE_MEDIA_TYPES },
      statuses: [200, 202],
      describe: () => ({
        body: sourceSchemas,
        answer: { 'text/html': { type: 'string' }, 'application/json': { anyOf: [linkSchema, jobSchema] } },
      }),
      async handle(request) {
        const job = await takeIn(options, request);
        if (isAsync(request)) {
          const headers = { location: jobPath(request, job.id), 'preference-applied': 'respond-async' };
          return adminJson(jobJson(job), { status: 202, headers });
        }
        return answerOf(await endOf(jobs, job, request.signal()), folder, request);
      },
    },
    {
      ...shared,
      operation: 'profiles',
      path: '/eda/profiles',
      summary: 'The stored profiles, newest first.',
      describe: () => ({
        answer: {
          'application/json': {
            type: 'object',
            properties: { profiles: { type: 'array', items: linkSchema } },
            required: ['profiles'],
          },
        },
      }),
      async handle(request) {
        const profiles = await folder.list();
        return adminJson({ profiles: profiles.map((each) => ({ ...each, href: hrefOf(request, each.id) })) });
      },
    },
    {
      ...shared,
      operation: 'storedProfile',
      path: '/eda/profiles/:id',
      summary: 'A stored profile: the page, or all of it as JSON where that is accepted.',
      describe: () => ({ answer: { 'text/html': { type: 'string' }, 'application/json': { type: 'object' } } }),
      handle: (request) => stored(folder, request.params.id, formOf(request)),
    },
  ];
}

/** Stores what came, and makes it a job. An upload that came twice under one idempotency key is stored once. */
async function takeIn(options: ProfileRoutesOptions, request: HandlerRequest): Promise<Job> {
  const { jobs, folder, sources, sweep } = options;
  await sweep();
  const given = Object.fromEntries(Object.entries(request.query).filter(([, value]) => value !== undefined));
  const received = await receiveSource(request, folder, sources);
  const { source, file } = received;
  try {
    const input: ProfileInput = { profile: await folder.newId(), file, source, options: given as JsonObject };
    const asked = { source, options: input.options };
    const job = await submitJob(jobs, { kind: 'profile', input, asked }, request);
    if (job.input.file !== file) await drop(folder, received);
    return job;
  } catch (error) {
    await drop(folder, received);
    throw error;
  }
}

async function drop(folder: ProfileFolder, { file }: ReceivedSource): Promise<void> {
  await folder.removeUpload(file);
}

/** Whether the client rather looks later (RFC 7240, section 4.1). */
function isAsync({ headers: { prefer } }: HandlerRequest): boolean {
  const preferences = [prefer ?? ''].flat().join().toLowerCase().split(/[,;]/);
  return preferences.some((preference) => preference.trim() === 'respond-async');
}

/** The job once it has ended well. @throws its error, CANCELLED */
async function endOf(jobs: JobQueue, { id }: Job, signal: AbortSignal): Promise<Job> {
  let job: Job | undefined;
  for await (const change of jobs.follow(id, signal)) job = change;
  if (job?.state === 'done') return job;
  const { code = 'CANCELLED', message = 'the job was cancelled', problems = [] } = job?.error ?? {};
  throw new TabwrightError(code, message, { problems });
}

async function answerOf({ result }: Job, folder: ProfileFolder, request: HandlerRequest): Promise<ContentResponse> {
  const { profile: id, warnings } = result as { profile: string; warnings: string[] };
  const href = hrefOf(request, id);
  if (formOf(request) === 'application/json') {
    return adminJson({ id, href, warnings }, { headers: { 'content-location': href } });
  }
  const page = await stored(folder, id, 'text/html');
  return { ...page, headers: { ...page.headers, 'content-location': href } };
}

async function stored(folder: ProfileFolder, id: unknown, mediaType: (typeof FORMS)[number]): Promise<ContentResponse> {
  const body = await folder.read(id, mediaType === 'text/html' ? 'html' : 'json');
  return {
    mediaType,
    headers: {
      'cache-control': 'private, no-cache',
      vary: 'accept',
      'x-content-type-options': 'nosniff',
      'content-security-policy': POLICY,
    },
    body,
  };
}

function formOf({ headers: { accept } }: HandlerRequest): (typeof FORMS)[number] {
  return preferredMediaType(typeof accept === 'string' ? accept : undefined, FORMS, 'text/html');
}

function hrefOf({ basePath }: HandlerRequest, id: string): string {
  return `${basePath}/eda/profiles/${id}`;
}
