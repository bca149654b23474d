// One small training, and what MLflow's Python client is to find of it.
import type { Registry } from '../../src/core/registry.js';
import type { Tracker } from '../../src/core/tracker.js';
import type { TrainResult } from '../../src/core/trainer.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { makeProspects, prospect } from '../training/prospects.js';
import { runMlflowPython } from './mlflow-server.js';

/** What mlflow_read.py prints. */
export interface ReadByPython {
  readonly runs: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly params: Readonly<Record<string, string>>;
    readonly metrics: Readonly<Record<string, number>>;
    readonly tags: Readonly<Record<string, string>>;
    readonly history: Readonly<Record<string, readonly (readonly [number, number])[]>>;
    readonly artifacts: readonly string[];
    readonly datasets: readonly {
      readonly name: string;
      readonly digest: string;
      readonly context: readonly string[];
      readonly schema: { readonly mlflow_colspec: readonly object[] };
      readonly profile: object;
    }[];
    readonly models: readonly string[];
  }[];
  readonly logged: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly run: string;
    readonly params: Readonly<Record<string, string>>;
    readonly metrics: readonly (readonly [string, number, string, string])[];
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    /** Columns of the input example. */
    readonly example: readonly string[];
  }[];
  readonly versions: readonly {
    readonly version: number;
    readonly source: string;
    readonly run: string;
    readonly aliases: readonly string[];
    readonly tags: Readonly<Record<string, string>>;
  }[];
}

/** Trains a small model under a name of its own. */
export function trainProspects(
  registry: Registry,
  tracker: Tracker | undefined,
  name: string,
  runId?: string,
): Promise<TrainResult> {
  return createTrainer({ registry, tracker }).train({
    name,
    data: makeProspects(200),
    features: prospect,
    model: 'lightgbm',
    params: { num_iterations: 30, early_stopping_rounds: 5 },
    validation: { folds: 3 },
    tags: { team: 'growth' },
    runId,
  });
}

/** What Python finds of a model that was trained in the experiment of its name. */
export function readByPython(uri: string, name: string): ReadByPython {
  return runMlflowPython('mlflow_read.py', uri, name, name) as ReadByPython;
}
