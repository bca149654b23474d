// Records for tests of the log.
import type {
  LoggedPrediction,
  LoggedTruth,
  LogRecord,
  PredictionLog,
} from '../../src/monitoring/log/prediction-log.js';

export function prediction(i: number, more: Partial<LoggedPrediction> = {}): LoggedPrediction {
  const score = (i % 100) / 100;
  return {
    kind: 'prediction',
    timeMs: 1_700_000_000_000 + i,
    served: 'prospect',
    id: `id-${i}`,
    model: 'prospect-conversion',
    version: 3,
    score,
    label: score >= 0.5 ? 'yes' : 'no',
    ...more,
  };
}

export function truth(i: number, value: LoggedTruth['truth']): LoggedTruth {
  return { kind: 'truth', timeMs: 1_700_000_500_000 + i, served: 'prospect', id: `id-${i}`, truth: value };
}

export async function allOf(blocks: AsyncIterable<readonly LogRecord[]>): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for await (const block of blocks) all.push(...block);
  return all;
}

/** Waits until a log has written or dropped all it was given. */
export async function settled(log: PredictionLog): Promise<void> {
  while (log.counts().pending > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}
