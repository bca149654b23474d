// tabwright explain: the score of one row, or of every row of a file, and what each feature adds to it.

import { Command } from 'commander';
import { explainOptions } from '../core/explain-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { createPredictor } from '../prediction/create-predictor.js';
import { conformTable } from '../schema/conform-table.js';
import { rowMaker } from '../schema/row-maker.js';
import { loadTable } from '../training/load-table.js';
import { jsonRow } from './json-row.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface ExplainFlags {
  readonly model: string;
  readonly registry: string;
  readonly data?: string;
  readonly row?: string;
}

/** Builds the command. */
export function explainCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('explain')
    .description('Say why rows have their scores: one JSON object a row is printed')
    .requiredOption('--model <reference>', 'name, name@alias or name/version')
    .option('--data <file>', 'file to explain: .csv, .parquet, .json or .ndjson')
    .option('--row <json>', 'one row as a JSON object');
  addTableFlags(command, explainOptions);
  addTableFlags(command, csvFileOptions);
  return addRegistryFlag(command).action(async (flags: ExplainFlags) => {
    const { data, row } = flags;
    if ((data === undefined) === (row === undefined)) {
      throw new TabwrightError('OPTION_INVALID', 'explain: give either --data or --row');
    }
    const predictor = await createPredictor({ registry: openRegistry(flags.registry), model: flags.model });
    const options = tableOptions({ ...flags }, explainOptions);
    if (row !== undefined) {
      terminal.json(predictor.explain(jsonRow('explain', row), options));
      return;
    }
    const { spec } = predictor;
    const loader = fileLoader(String(data), tableOptions({ ...flags }, csvFileOptions));
    const table = conformTable(await loadTable({ data: loader, spec, signal }), { spec }, String(data));
    const rowAt = rowMaker(table, spec);
    for (let i = 0; i < table.numRows(); i++) terminal.json(predictor.explain(rowAt(i), options));
  });
}
