// Names and values within MLflow's limits. A run is a log: what does not fit is shortened with a mark rather than
// refused.
import { MLFLOW_LIMITS } from './log-batch.js';

/** Tags as MLflow takes them. */
export function wireTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return wireAll(tags, MLFLOW_LIMITS.tagValue);
}

/** Parameters as MLflow takes them. */
export function wireParams(params: Readonly<Record<string, string>>): Record<string, string> {
  return wireAll(params, MLFLOW_LIMITS.paramValue);
}

/** A key as MLflow takes it: other characters become "_", and parts that a path cannot have are joined. */
export function wireKey(key: string): string {
  const allowed = key.replace(/[^\w.\- /:]/g, '_').slice(0, MLFLOW_LIMITS.key);
  const isPath = allowed !== '' && allowed.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  return isPath ? allowed : `_${allowed.replaceAll('/', '_')}`;
}

function wireAll(values: Readonly<Record<string, string>>, limit: number): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [wireKey(key), cut(value, limit)]));
}

function cut(value: string, limit: number): string {
  return value.length <= limit ? value : `${value.slice(0, limit - 1)}…`;
}
