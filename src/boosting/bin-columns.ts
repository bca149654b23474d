// Raw columns into the run's memory and on to bins, as many at a time as there are threads; the event loop turns between columns.
import { checkSignal } from '../core/check-signal.js';
import type { FeatureColumn } from '../core/feature-matrix.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { BoosterRequest } from './booster-request.js';
import type { ColumnPlan } from './column-plan.js';
import type { ColumnRequest } from './column-requests.js';
import type { MemoryLayout } from './memory-layout.js';
import type { TrainingRuntime } from './training-runtime.js';

/** Bins every column; the plans come in the order of the requests. */
export async function binColumns(
  runtime: TrainingRuntime,
  layout: MemoryLayout,
  requests: readonly ColumnRequest[],
  request: BoosterRequest,
): Promise<ColumnPlan[]> {
  const plans: ColumnPlan[] = new Array(requests.length);
  let next = 0;
  async function work(thread: number): Promise<void> {
    while (next < requests.length) {
      checkSignal(request.signal);
      const column = next++;
      plans[column] = await binOne(runtime, layout, requests[column] as ColumnRequest, column, thread, request);
    }
  }
  await Promise.all(Array.from({ length: runtime.nThreads }, (_, thread) => work(thread)));
  return plans;
}

async function binOne(
  runtime: TrainingRuntime,
  layout: MemoryLayout,
  { feature, kind, targetClass, onlyLevel }: ColumnRequest,
  column: number,
  thread: number,
  { train, held, parameters, owner, seed }: BoosterRequest,
): Promise<ColumnPlan> {
  const { nRows, nAllRows } = layout;
  const values = layout.staging + thread * nAllRows * 8;
  const parts = [train, held].flatMap((rows) =>
    rows === undefined ? [] : [rows.features.columns[feature] as FeatureColumn],
  );
  const isSingle = kind === 'numeric' && parts.every((part) => part instanceof Float32Array);
  const { buffer } = runtime;
  const staged = isSingle ? new Float32Array(buffer, values, nAllRows) : new Float64Array(buffer, values, nAllRows);
  parts.forEach((part, i) => {
    staged.set(part, i * nRows);
  });
  const name = train.features.features[feature]?.name ?? '';
  if (kind === 'numeric') checkFinite(staged.subarray(0, nRows), name, owner);
  return runtime.bin(thread, {
    ...{ feature, kind, values, isSingle, nRows, nAllRows, targetClass, onlyLevel, seed },
    scratch: layout.scratch + thread * layout.scratchBytes,
    out: layout.columns + column * layout.columnBytes,
    nLevels: kind === 'numeric' ? 0 : levelCount(staged, name, owner),
    maxBin: parameters.maxBin,
    minDataInBin: parameters.minDataInBin,
    sampleRows: layout.sampleRows,
    target: layout.target,
  });
}

function checkFinite(values: FeatureColumn, name: string, owner: string): void {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === Infinity || values[i] === -Infinity) count++;
  if (count > 0) {
    throw new TabwrightError('VALUE_INVALID', `${owner}: column ${name} must be finite, got Infinity in ${count} rows`);
  }
}

function levelCount(values: FeatureColumn, name: string, owner: string): number {
  let most = -1;
  for (let i = 0; i < values.length; i++) {
    const level = values[i] as number;
    if (Number.isNaN(level)) continue;
    if (!(level >= 0 && level < 2 ** 24 && Number.isInteger(level))) {
      throw new TabwrightError('VALUE_INVALID', `${owner}: column ${name} must hold level positions below 2^24`);
    }
    if (level > most) most = level;
  }
  return most + 1;
}
