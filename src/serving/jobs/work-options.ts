// What jobs over HTTP work with: the same object goes to the routes, which take jobs in, and to the handlers, which do them.
import type { JsonObject } from '../../core/json.js';
import type { Tracker } from '../../core/tracker.js';
import type { Trainer, TrainRequest } from '../../core/trainer.js';
import type { HttpFileOptions } from '../../loaders/remote/http-file.js';
import type { S3ObjectOptions } from '../../loaders/remote/s3-object.js';

/**
 * A training by name: what to train with these parameters. It only puts the request together, as it is asked once when the job
 * is taken and again when it runs; parameters that it cannot take are its errors.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export type TrainRecipe = (params: JsonObject) => TrainRequest;

/** Where data may be read from at a caller's word; nowhere where absent. */
export interface ProfileSources {
  /** Hosts of https: URLs: `example.com`, or `*.example.com` for all below it. */
  readonly hosts?: readonly string[] | undefined;
  /** Buckets of s3: URLs. */
  readonly buckets?: readonly string[] | undefined;
  /** How https: URLs are read; `allow` is `hosts`. */
  readonly http?: Omit<HttpFileOptions, 'allow'> | undefined;
  /** How s3: URLs are read. */
  readonly s3?: S3ObjectOptions | undefined;
}

/** What jobs need. */
export interface WorkOptions {
  /** Trains; with `recipes`, `/admin/train` is there. */
  readonly trainer?: Trainer | undefined;
  /** What may be trained. */
  readonly recipes?: Readonly<Record<string, TrainRecipe>> | undefined;
  /** Folder of profiles (under `eda/`) and uploads; with it, `/eda` is there. */
  readonly artifacts?: string | undefined;
  /** Gets every profile as artifacts of a run. Trainings are recorded by the trainer's own. */
  readonly tracker?: Tracker | undefined;
  /** Which URLs may be profiled; none where absent. */
  readonly sources?: ProfileSources | undefined;
}
