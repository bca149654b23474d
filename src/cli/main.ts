#!/usr/bin/env node
// The command line: every command is the same code path as the API and HTTP.
import { Command, CommanderError } from 'commander';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { VERSION } from '../core/version.js';
import { COMMANDS } from './commands.js';
import { processTerminal } from './terminal.js';

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

run().catch((error: unknown) => {
  process.exitCode = exitCode(error);
});

/** Loads the command that is called, or all of them where help or a mistake needs their names. */
async function run(): Promise<void> {
  const called = process.argv[2] ?? '';
  const names = Object.hasOwn(COMMANDS, called) ? [called] : Object.keys(COMMANDS);
  for (const name of names) {
    const build = await COMMANDS[name]?.();
    const command = build?.(terminal, abort.signal);
    if (command === undefined) continue;
    program.addCommand(command.copyInheritedSettings(program));
    for (const inner of command.commands) inner.copyInheritedSettings(program);
  }
  await program.parseAsync();
}

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
