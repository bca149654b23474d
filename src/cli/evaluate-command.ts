// tabwright evaluate: a registered model judged on labelled rows.

import { Command } from 'commander';
import { evaluateModel } from '../training/evaluate-model.js';
import { addCsvFlags, csvSource } from './csv-source.js';
import { formatTable } from './format-table.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import type { Terminal } from './terminal.js';

interface EvaluateFlags {
  readonly model: string;
  readonly registry: string;
  readonly json?: boolean;
}

/** Builds the command. */
export function evaluateCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('evaluate').description('Judge a registered model on a labelled CSV file');
  addCsvFlags(command)
    .requiredOption('--model <reference>', 'name, name@alias or name/version')
    .option('--json', 'print the result as JSON');
  return addRegistryFlag(command).action(async (flags: EvaluateFlags) => {
    const { registry, model } = flags;
    const found = await evaluateModel({
      registry: openRegistry(registry),
      model,
      data: csvSource({ ...flags }),
      signal,
    });
    if (flags.json === true) return terminal.json(found);
    const rows = Object.entries(found.metrics).map(([name, value]) => [name, value.toFixed(6)]);
    terminal.out(formatTable(['metric', 'value'], rows));
    terminal.say(`${found.version.name}/${found.version.version} on ${found.nRows} rows`);
  });
}
