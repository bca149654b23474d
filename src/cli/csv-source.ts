import type { Command } from 'commander';
import type { DataLoader } from '../core/data-loader.js';
import { csv } from '../loaders/csv.js';
import { csvFileOptions } from '../loaders/csv-file-options.js';
import { addTableFlags, tableOptions } from './table-flags.js';

/** Adds `--data` and the flags of the CSV reader. */
export function addCsvFlags(command: Command): Command {
  command.requiredOption('--data <file>', 'CSV file to read');
  addTableFlags(command, csvFileOptions);
  return command;
}

/** The loader that the flags describe. */
export function csvSource(flags: Readonly<Record<string, unknown>>): DataLoader {
  return csv(String(flags.data), tableOptions(flags, csvFileOptions));
}
