// A profile as a job: a file read on threads, then a page and its JSON, which stand in the artifacts folder and with the tracker.
import { basename } from 'node:path';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import type { JobControl, JobHandler } from '../../core/job-queue.js';
import type { JsonObject } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Tracker } from '../../core/tracker.js';
import type { Profile } from '../../eda/profile-types.js';
import type { ProfileFolder } from './profile-folder.js';
import type { ProfileSource } from './profile-source.js';
import { fetchSource } from './profile-source.js';
import { JOB_TAG } from './train-job.js';
import type { ProfileSources } from './work-options.js';

/** What a profile job is given. */
export interface ProfileInput extends JsonObject {
  /** Id of the profile to be. */
  readonly profile: string;
  /** Name of the file in the folder of uploads. */
  readonly file: string;
  readonly source: ProfileSource;
  /** Options of `profile`. */
  readonly options: JsonObject;
}

/** What a profile job works with. */
export interface ProfileWork {
  readonly folder: ProfileFolder;
  readonly tracker: Tracker | undefined;
  readonly sources: ProfileSources;
}

/** Where the runs of profiles are recorded. */
const EXPERIMENT = 'eda';

/** Profiles a file and stores the page; the result names the profile. A profile that is whole already is not made again. */
export function profileJob({ folder, tracker, sources }: ProfileWork): JobHandler {
  return async (given, control) => {
    const input = given as ProfileInput;
    const { profile: id, file } = input;
    if (await folder.has(id)) return { profile: id, warnings: [] };
    const path = await folder.uploadPath(file);
    try {
      if (input.source.url !== null) await fetchSource(input.source.url, path, sources, control);
      const report = await profileFile(path, input, control);
      const { profilePage } = await import('../../eda/page/profile-page.js');
      const files = { html: profilePage(report), json: JSON.stringify(report) };
      await folder.write(id, 'html', files.html);
      const warnings = await record(tracker, report, { id, jobId: control.jobId, files });
      await folder.write(id, 'json', files.json);
      await folder.removeUpload(file);
      return { profile: id, warnings };
    } catch (error) {
      // A job that was stopped may be taken up again, and needs its file then.
      if (control.signal?.aborted !== true) await folder.removeUpload(file);
      throw named(error, path, input.source.name);
    }
  };
}

/** An error that calls the file what its sender called it, not where it lies here. */
function named(error: unknown, path: string, name: string): unknown {
  if (!isTabwrightError(error) || !error.message.includes(path)) return error;
  const { code, message, problems } = error;
  return new TabwrightError(code, message.replaceAll(path, name), { problems, cause: error });
}

async function profileFile(path: string, { source, options }: ProfileInput, control: JobControl): Promise<Profile> {
  const [{ profile }, { fileLoader }] = await Promise.all([
    import('../../eda/profile.js'),
    import('../../loaders/file-loader.js'),
  ]);
  const { signal, onProgress } = control;
  return profile(fileLoader(path), {
    title: basename(source.name),
    source: source.name,
    ...options,
    signal,
    onProgress,
  });
}

interface Recorded {
  readonly id: string;
  readonly jobId: string;
  readonly files: { readonly html: string; readonly json: string };
}

/** A tracker that fails costs a warning, never the profile. */
async function record(
  tracker: Tracker | undefined,
  { overview, reproduction }: Profile,
  { id, jobId, files }: Recorded,
): Promise<string[]> {
  if (tracker === undefined) return [];
  try {
    const run = await tracker.start({ experiment: EXPERIMENT, runName: id, tags: { [JOB_TAG]: jobId } });
    const { nRows, nColumns, nAlerts } = overview;
    await run.logParams({ source: reproduction.source ?? '' });
    await run.logMetrics(Object.entries({ nRows, nColumns, nAlerts }).map(([key, value]) => ({ key, value, step: 0 })));
    await run.logArtifacts(
      new Map(Object.entries(files).map(([form, text]) => [`eda/${id}.${form}`, Buffer.from(text)])),
    );
    await run.end('finished');
    return [];
  } catch (error) {
    return [
      `the run could not be recorded completely: ${isTabwrightError(error) ? error.message : 'unexpected failure'}`,
    ];
  }
}
