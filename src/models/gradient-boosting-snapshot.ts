// A booster under way as bytes, with what its training depends on, so that it is resumed only by the same job.
import type { BoosterParameters } from '../boosting/booster-options.js';
import type { BoosterProgress } from '../boosting/booster-request.js';
import { ensembleFromJson, ensembleToJson } from '../boosting/ensemble-json.js';
import type { ModelFeature } from '../core/feature-matrix.js';
import type { JsonObject } from '../core/json.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** What a snapshot must be resumed with. */
export interface SnapshotJob {
  readonly dialect: string;
  readonly parameters: BoosterParameters;
  readonly seed: number;
  readonly nRows: number;
  readonly features: readonly ModelFeature[];
}

/** The snapshot's bytes: JSON. */
export function writeSnapshot(job: SnapshotJob, { ensemble, nIterations, metrics }: BoosterProgress): Uint8Array {
  const fields = { nIterations, metrics, nOutputs: ensemble.nOutputs, ensemble: ensembleToJson(ensemble) };
  return new TextEncoder().encode(JSON.stringify({ format: 1, job: jobText(job), ...fields }));
}

/**
 * Reads a snapshot, which is untrusted.
 * @throws BUNDLE_INVALID where it is no snapshot
 * @throws OPTION_INVALID where it is of another job
 */
export function readSnapshot(bytes: Uint8Array, job: SnapshotJob): BoosterProgress {
  const { format, job: text, nIterations, metrics, nOutputs, ensemble: trees } = parse(bytes);
  if (format !== 1 || !isCount(nIterations) || !isCount(nOutputs)) throw broken('it is not a snapshot of format 1');
  if (text !== jobText(job)) {
    const rule = 'resumeFrom must be a snapshot of the same parameters, seed, number of rows and features';
    throw new TabwrightError('OPTION_INVALID', `${job.dialect}: ${rule}`);
  }
  if (!Array.isArray(metrics) || !metrics.every((value) => typeof value === 'number')) {
    throw broken('metrics must be numbers');
  }
  const ensemble = ensembleFromJson(trees, job.features.length, nOutputs);
  if (ensemble.trees.length !== nIterations * nOutputs) throw broken('the number of trees must fit the rounds');
  return { ensemble, nIterations, metrics: metrics as number[], isSnapshot: true };
}

function jobText({ dialect, parameters, seed, nRows, features }: SnapshotJob): string {
  // Threads change the time, never the model.
  return JSON.stringify({ dialect, ...parameters, numThreads: 0, seed, nRows, features });
}

function parse(bytes: Uint8Array): JsonObject {
  try {
    return Object(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))) as JsonObject;
  } catch (cause) {
    throw new TabwrightError('BUNDLE_INVALID', 'snapshot: must be JSON', { cause });
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function broken(rule: string): TabwrightError {
  return new TabwrightError('BUNDLE_INVALID', `snapshot: ${rule}`);
}
