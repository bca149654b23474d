// tabwright schema: the features of a file as TypeScript, to keep beside the code.

import { Command, Option } from 'commander';
import type { Task } from '../core/feature-spec.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { featuresSource } from '../schema/features-source.js';
import { inferFeatures } from '../schema/infer-features.js';
import { loadTable } from '../training/load-table.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface SchemaFlags {
  readonly target?: string;
  readonly task?: Task;
  readonly positive?: string;
  readonly json?: boolean;
}

/** Builds the command. */
export function schemaCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('schema')
    .argument('<file>', '.csv, .parquet, .json or .ndjson file')
    .description('Infer the features of a file and print them as TypeScript')
    .option('--target <column>', 'column to predict')
    .addOption(new Option('--task <task>', 'what to predict').choices(['binary', 'multiclass', 'regression']))
    .option('--positive <label>', 'label whose probability is the score of a binary task')
    .option('--json', 'print the features as JSON');
  addTableFlags(command, csvFileOptions);
  return command.action(async (file: string, flags: SchemaFlags) => {
    const table = await loadTable({ data: fileLoader(file, tableOptions({ ...flags }, csvFileOptions)), signal });
    const target =
      flags.target === undefined ? undefined : { column: flags.target, task: flags.task, positive: flags.positive };
    const { spec } = inferFeatures(table, { target });
    if (flags.json === true) terminal.json(spec);
    else terminal.out(featuresSource(spec).trimEnd());
  });
}
