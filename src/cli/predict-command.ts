// tabwright predict: scores of a file, or of one row of JSON.

import { Command } from 'commander';
import type { Predictor } from '../core/predictor.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { createPredictor } from '../prediction/create-predictor.js';
import { scoreFile, scoreFileOptions } from '../prediction/score-file.js';
import { loadTable } from '../training/load-table.js';
import { jsonRow } from './json-row.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface PredictFlags {
  readonly model: string;
  readonly registry: string;
  readonly data?: string;
  readonly row?: string;
  readonly out?: string;
}

/** Builds the command. */
export function predictCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('predict')
    .description('Score a file, or one row, with a registered model')
    .requiredOption('--model <reference>', 'name, name@alias or name/version')
    .option('--data <file>', 'file to score: .csv, .parquet, .json or .ndjson')
    .option('--row <json>', 'one row as a JSON object')
    .option(
      '--out <file>',
      'file to write the scores to, of a kind by its name; otherwise one JSON object a row is printed',
    );
  addTableFlags(command, scoreFileOptions);
  addTableFlags(command, csvFileOptions);
  return addRegistryFlag(command).action(async (flags: PredictFlags) => {
    const { data, row, out } = flags;
    if ((data === undefined) === (row === undefined)) {
      throw new TabwrightError('OPTION_INVALID', 'predict: give either --data or --row');
    }
    const predictor = await createPredictor({ registry: openRegistry(flags.registry), model: flags.model });
    if (row !== undefined) terminal.json(predictor.predictOne(jsonRow('predict', row)));
    else if (out === undefined) await printScores(terminal, predictor, flags, signal);
    else await writeScores(terminal, predictor, { ...flags, data: String(data), out }, signal);
  });
}

async function printScores(
  terminal: Terminal,
  predictor: Predictor,
  flags: PredictFlags,
  signal: AbortSignal,
): Promise<void> {
  if (Object.keys(tableOptions({ ...flags }, scoreFileOptions)).length > 0) {
    throw new TabwrightError('OPTION_INVALID', 'predict: --with-columns, --columns, --errors and --resume need --out');
  }
  const data = fileLoader(String(flags.data), tableOptions({ ...flags }, csvFileOptions));
  const table = await loadTable({ data, spec: predictor.spec, signal });
  for (const prediction of predictor.predictTable(table)) terminal.json(prediction);
}

async function writeScores(
  terminal: Terminal,
  predictor: Predictor,
  flags: PredictFlags & { readonly data: string; readonly out: string },
  signal: AbortSignal,
): Promise<void> {
  const { data, out } = flags;
  const csv = tableOptions({ ...flags }, csvFileOptions);
  const options = tableOptions({ ...flags }, scoreFileOptions);
  const { nRows, nRefused, nResumed } = await scoreFile({
    ...{ predictor, data, out, csv, signal, ...options },
    onProgress: (event) => terminal.progress({ ...event, phase: event.phase === 'load' ? 'score' : event.phase }),
  });
  const { name, version } = predictor.current;
  const parts = [
    ...(nResumed > 0 ? [`${nResumed} of them before`] : []),
    ...(nRefused > 0 ? [`${nRefused} of them refused`] : []),
  ];
  terminal.say(
    `Wrote ${nRows} scores${parts.length > 0 ? ` (${parts.join(', ')})` : ''} of ${name}/${version} to ${out}`,
  );
}
