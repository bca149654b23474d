// Which registry a command works on: a folder, or an MLflow server.
import type { Command } from 'commander';
import type { Registry } from '../core/registry.js';
import { mlflowRegistry } from '../mlflow/mlflow-registry.js';
import { fileRegistry } from '../registry/file-registry.js';
import { mlflowAddress } from './mlflow-address.js';

/** The flags that every command about registered models has. */
export function addRegistryFlag(command: Command): Command {
  return command.option(
    '--registry <place>',
    'folder of the file registry, or mlflow:URL of an MLflow server (mlflow: alone for MLFLOW_TRACKING_URI)',
    process.env.TABWRIGHT_REGISTRY ?? './models',
  );
}

/** The registry of the flag. @throws OPTION_INVALID */
export function openRegistry(place: string): Registry {
  const server = mlflowAddress(place);
  return server === undefined ? fileRegistry(place) : mlflowRegistry(server);
}
