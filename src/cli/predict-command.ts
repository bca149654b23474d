// tabwright predict: scores of a file, or of one row of JSON.

import { Command } from 'commander';
import type { Prediction, Predictor } from '../core/predictor.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { writeTable } from '../loaders/write-table.js';
import { createPredictor } from '../prediction/create-predictor.js';
import { predictionsTable } from '../prediction/predictions-table.js';
import { loadTable } from '../training/load-table.js';
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
  addTableFlags(command, csvFileOptions);
  return addRegistryFlag(command).action(async (flags: PredictFlags) => {
    if ((flags.data === undefined) === (flags.row === undefined)) {
      throw new TabwrightError('OPTION_INVALID', 'predict: give either --data or --row');
    }
    const predictor = await createPredictor({ registry: openRegistry(flags.registry), model: flags.model });
    const predictions =
      flags.row === undefined ? await scoreFile(predictor, flags, signal) : [predictor.predictOne(parseRow(flags.row))];
    if (flags.out === undefined) {
      for (const prediction of predictions) terminal.json(prediction);
      return;
    }
    await writeTable(flags.out, predictionsTable(predictions, predictor.spec));
    terminal.say(
      `Wrote ${predictions.length} scores of ${predictor.current.name}/${predictor.current.version} to ${flags.out}`,
    );
  });
}

async function scoreFile(predictor: Predictor, flags: PredictFlags, signal: AbortSignal): Promise<Prediction[]> {
  const data = fileLoader(String(flags.data), tableOptions({ ...flags }, csvFileOptions));
  return predictor.predictTable(await loadTable({ data, spec: predictor.spec, signal }));
}

function parseRow(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TabwrightError('REQUEST_INVALID', 'predict: --row must be a JSON object', { cause });
  }
}
