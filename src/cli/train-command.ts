// tabwright train: one CSV in, one registered model out.

import { Command, Option } from 'commander';
import type { Task } from '../core/feature-spec.js';
import { parseOptionText } from '../core/parse-option-text.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { Tracker } from '../core/tracker.js';
import type { TrainResult } from '../core/trainer.js';
import { validationOptions } from '../evaluation/validation-options.js';
import { mlflowFileStore } from '../mlflow/mlflow-file-store.js';
import { mlflowTracker } from '../mlflow/mlflow-tracker.js';
import { modelKinds } from '../models/create-model.js';
import { createTrainer } from '../training/create-trainer.js';
import { addCsvFlags, csvSource } from './csv-source.js';
import { formatTable } from './format-table.js';
import { mlflowAddress } from './mlflow-address.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface TrainFlags {
  readonly target: string;
  readonly task?: Task;
  readonly positive?: string;
  readonly model: string;
  readonly param: readonly string[];
  readonly name: string;
  readonly registry: string;
  readonly weights?: string;
  readonly track?: string;
  readonly experiment?: string;
  readonly runId?: string;
  readonly seed: string;
  readonly tag: readonly string[];
  readonly json?: boolean;
}

/** Builds the command. */
export function trainCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('train').description('Train a model on a CSV file and register it');
  addCsvFlags(command)
    .requiredOption('--target <column>', 'column to predict')
    .addOption(
      new Option('--task <task>', 'what to predict; decided by the target column where absent').choices([
        'binary',
        'multiclass',
        'regression',
      ]),
    )
    .option('--positive <label>', 'label whose probability is the score of a binary task')
    .addOption(
      new Option('--model <kind>', 'algorithm').choices(modelKinds.map(({ kind }) => kind)).makeOptionMandatory(),
    )
    .option('--param <name=value>', 'parameter of the algorithm; may be repeated', collect, [])
    .requiredOption('--name <name>', 'name to register the model under')
    .option('--weights <column>', 'column of row weights')
    .option('--seed <integer>', 'seed of every random choice', '0')
    .option('--tag <name=value>', 'tag of the new version; may be repeated', collect, [])
    .option(
      '--track <place>',
      'record the run: mlflow:URL of an MLflow server (mlflow: alone for MLFLOW_TRACKING_URI), or a folder in MLflow’s layout',
    )
    .option(
      '--experiment <name>',
      'experiment of the run; the name of the model where absent',
      process.env.MLFLOW_EXPERIMENT_NAME,
    )
    .option('--run-id <id>', 'run to go on with, rather than one of its own', process.env.MLFLOW_RUN_ID)
    .option('--json', 'print the result as JSON');
  addRegistryFlag(command);
  addTableFlags(command, validationOptions);
  return command.action(async (flags: TrainFlags) => {
    const trainer = createTrainer({ registry: openRegistry(flags.registry), tracker: tracker(flags.track) });
    const result = await trainer.train({
      name: flags.name,
      data: csvSource({ ...flags }),
      target: { column: flags.target, task: flags.task, positive: flags.positive },
      model: flags.model,
      params: params(flags.model, flags.param),
      validation: tableOptions({ ...flags }, validationOptions),
      weights: flags.weights,
      seed: seed(flags.seed),
      experiment: flags.experiment,
      runId: flags.runId === '' ? undefined : flags.runId,
      tags: Object.fromEntries(flags.tag.map((text) => pair('--tag', text))),
      signal,
      onProgress: terminal.progress,
    });
    if (flags.json === true) terminal.json(result);
    else report(terminal, result, flags.registry);
  });
}

function tracker(place: string | undefined): Tracker | undefined {
  if (place === undefined) return undefined;
  const server = mlflowAddress(place);
  return server === undefined ? mlflowFileStore(place) : mlflowTracker(server);
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function params(kind: string, texts: readonly string[]): Record<string, unknown> {
  const table = modelKinds.find((each) => each.kind === kind)?.options;
  const entries = texts.map((text) => {
    const [name, value] = pair('--param', text);
    const spec = Object.entries(table?.specs ?? {}).find(
      ([key, each]) => key === name || each.aliases?.includes(name),
    )?.[1];
    // An unknown name goes on to the model, whose own check suggests the nearest one.
    return [name, spec === undefined ? value : parseOptionText(kind, name, spec, value)];
  });
  return Object.fromEntries(entries);
}

function pair(flag: string, text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1)
    throw new TabwrightError('OPTION_INVALID', `${flag} must be name=value, got ${JSON.stringify(text.slice(0, 40))}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function seed(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || text.trim() === '')
    throw new TabwrightError('OPTION_INVALID', `--seed must be an integer, got ${JSON.stringify(text.slice(0, 40))}`);
  return value;
}

function report(terminal: Terminal, result: TrainResult, registry: string): void {
  const { version, metrics, warnings, nRows, seconds, features } = result;
  for (const warning of warnings) terminal.say(`note: ${warning}`);
  terminal.say(
    `Trained ${result.model.kind} on ${nRows} rows and ${features.fields.length} features in ${seconds.toFixed(1)} s`,
  );
  const rows = Object.entries(metrics).map(([name, { mean, sd, folds }]) => [
    name,
    mean.toFixed(6),
    folds.length > 1 ? sd.toFixed(6) : '',
  ]);
  if (rows.length > 0) terminal.out(formatTable(['metric', 'mean', 'sd'], rows));
  const aliases = version.aliases.length > 0 ? ` (${version.aliases.join(', ')})` : '';
  terminal.say(`Registered ${version.name}/${version.version}${aliases} in ${registry}`);
  terminal.say(`Serve it: tabwright serve --registry ${registry} --model ${version.name}/${version.version}`);
}
