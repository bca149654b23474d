import type { Command } from 'commander';
import type { DataLoader } from '../core/data-loader.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { addTableFlags, tableOptions } from './table-flags.js';

/** Adds `--data` and the flags of the CSV reader. */
export function addCsvFlags(command: Command): Command {
  command.requiredOption('--data <file>', 'file to read: .csv, .parquet, .json or .ndjson');
  addTableFlags(command, csvFileOptions);
  return command;
}

/** The loader that the flags describe. */
export function csvSource(flags: Readonly<Record<string, unknown>>): DataLoader {
  return fileLoader(String(flags.data), tableOptions(flags, csvFileOptions));
}
