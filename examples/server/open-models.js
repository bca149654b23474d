// Where models are kept and trainings are recorded: folders of the server, or an MLflow server where one is set.
import { join } from 'node:path';
import { createTrainer, fileRegistry } from 'tabwright';
import { mlflowRegistry, mlflowTracker } from 'tabwright/mlflow';

/**
 * @param {import('./settings.js').Settings} settings
 * @param {import('pino').Logger} logger
 */
export function openModels(settings, logger) {
  const uri = settings.MLFLOW_TRACKING_URI;
  const mlflow = { uri, spool: join(settings.TABWRIGHT_DATA, 'mlflow-spool') };
  const isMlflow = uri !== undefined && settings.TABWRIGHT_REGISTRY !== 'file';
  const registry = isMlflow ? mlflowRegistry(mlflow) : fileRegistry(join(settings.TABWRIGHT_DATA, 'models'));
  const tracker = uri === undefined ? undefined : mlflowTracker(mlflow);
  return { registry, tracker, trainer: createTrainer({ registry, tracker, logger }), mlflow: tracker && mlflow };
}
