// Splits what is to be logged into requests within MLflow's limits, and refuses what it would cut off without a word.
import { TabwrightError } from '../core/tabwright-error.js';
import { keyValues } from './key-values.js';

/** One value of a metric. */
export interface MlflowMetric {
  readonly key: string;
  /** NaN is kept; infinity becomes the largest double. */
  readonly value: number;
  readonly step: number;
  /** Milliseconds since 1970. The same point logged twice is one point. */
  readonly timestampMs: number;
  /** Logged model that the value is about. */
  readonly modelId?: string | undefined;
  /** Dataset that it was measured on. */
  readonly dataset?: { readonly name: string; readonly digest: string } | undefined;
}

/** What one run gets. */
export interface MlflowBatch {
  readonly metrics?: readonly MlflowMetric[];
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** MLflow's limits: characters of keys and values, items and bytes of a request. */
export const MLFLOW_LIMITS = {
  key: 250,
  paramValue: 6000,
  tagValue: 8000,
  metrics: 1000,
  paramsOrTags: 100,
  items: 1000,
  bytes: 1_000_000,
} as const;

const ENVELOPE_BYTES = 200;

type Kind = 'metrics' | 'params' | 'tags';
type Body = Readonly<Record<Kind, readonly object[]>>;

/**
 * Bodies for `runs/log-batch`, in order, none past a limit.
 * @throws OPTION_INVALID for a key or value that MLflow would refuse or cut
 */
export function batchBodies({ metrics = [], params = {}, tags = {} }: MlflowBatch): Body[] {
  for (const { key } of metrics) checkLength('metric', key, '', 0);
  for (const [key, value] of Object.entries(params)) checkLength('param', key, value, MLFLOW_LIMITS.paramValue);
  for (const [key, value] of Object.entries(tags)) checkLength('tag', key, value, MLFLOW_LIMITS.tagValue);
  const items: [Kind, object][] = [
    ...keyValues(params).map((item): [Kind, object] => ['params', item]),
    ...keyValues(tags).map((item): [Kind, object] => ['tags', item]),
    ...metrics.map((metric): [Kind, object] => ['metrics', wire(metric)]),
  ];
  return split(items);
}

function split(items: readonly [Kind, object][]): Body[] {
  const bodies: Body[] = [];
  let open: Record<Kind, object[]> = { metrics: [], params: [], tags: [] };
  let bytes = ENVELOPE_BYTES;
  for (const [kind, item] of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (isFull(open, kind) || bytes + size > MLFLOW_LIMITS.bytes) {
      bodies.push(open);
      open = { metrics: [], params: [], tags: [] };
      bytes = ENVELOPE_BYTES;
    }
    open[kind].push(item);
    bytes += size;
  }
  if (bytes > ENVELOPE_BYTES) bodies.push(open);
  return bodies;
}

function isFull(open: Body, kind: Kind): boolean {
  const limit = kind === 'metrics' ? MLFLOW_LIMITS.metrics : MLFLOW_LIMITS.paramsOrTags;
  return (
    open[kind].length >= limit || open.metrics.length + open.params.length + open.tags.length >= MLFLOW_LIMITS.items
  );
}

/** NaN and infinity as MLflow's JSON writes them. */
function wire({ key, value, step, timestampMs, modelId, dataset }: MlflowMetric): object {
  return {
    key,
    value: Number.isFinite(value) ? value : String(value),
    step,
    timestamp: timestampMs,
    model_id: modelId,
    dataset_name: dataset?.name,
    dataset_digest: dataset?.digest,
  };
}

function checkLength(what: string, key: string, value: string, limit: number): void {
  if (key === '' || key.length > MLFLOW_LIMITS.key || !/^[\w.\- /:]+$/.test(key)) {
    throw new TabwrightError(
      'OPTION_INVALID',
      `mlflow: the key of a ${what} must be 1 to ${MLFLOW_LIMITS.key} letters, digits, "_", ".", "-", ":", "/" or spaces`,
    );
  }
  if (value.length > limit) {
    throw new TabwrightError(
      'OPTION_INVALID',
      `mlflow: ${what} ${key} must have at most ${limit} characters, got ${value.length}`,
    );
  }
}
