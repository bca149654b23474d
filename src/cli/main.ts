#!/usr/bin/env node
// The command line: every command is the same code path as the API and HTTP.
import { Command, CommanderError } from 'commander';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { VERSION } from '../core/version.js';
import { evaluateCommand } from './evaluate-command.js';
import { featuresCommand } from './features-command.js';
import { mlflowCommand } from './mlflow-command.js';
import { modelsCommand } from './models-command.js';
import { predictCommand } from './predict-command.js';
import { profileCommand } from './profile-command.js';
import { schemaCommand } from './schema-command.js';
import { serveCommand } from './serve-command.js';
import { processTerminal } from './terminal.js';
import { trainCommand } from './train-command.js';

const USAGE_EXIT_CODE = 2;
const UNEXPECTED_EXIT_CODE = 1;

// A reader that has seen enough, such as head, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const terminal = processTerminal();
const abort = new AbortController();
process.once('SIGINT', () => abort.abort());
process.once('SIGTERM', () => abort.abort());

const program = new Command('tabwright')
  .description('Tabular machine learning in Node: profile, train, register, serve')
  .version(VERSION)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });
const commands = [
  profileCommand(terminal, abort.signal),
  trainCommand(terminal, abort.signal),
  evaluateCommand(terminal, abort.signal),
  predictCommand(terminal, abort.signal),
  modelsCommand(terminal),
  mlflowCommand(terminal, abort.signal),
  featuresCommand(terminal, abort.signal),
  serveCommand(terminal, abort.signal),
  schemaCommand(terminal, abort.signal),
];
for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
for (const command of commands.flatMap(({ commands: inner }) => inner)) command.copyInheritedSettings(program);

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCode(error);
});

/** Prints what a person needs to know of an error, and gives its exit code. */
function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
  if (!isTabwrightError(error)) {
    terminal.say(`tabwright: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return UNEXPECTED_EXIT_CODE;
  }
  terminal.say(`tabwright: ${error.message} (${error.code})`);
  for (const { column, rule, kind, count, rows } of error.problems) {
    terminal.say(
      `  ${column}: ${rule}, got ${kind} in ${count} ${count === 1 ? 'row' : 'rows'} (first: ${rows.join(', ')})`,
    );
  }
  return error.exitCode;
}
