import type { Command } from 'commander';

/** The flags that every command about registered models has. */
export function addRegistryFlag(command: Command): Command {
  return command.option(
    '--registry <folder>',
    'folder of the file registry',
    process.env.TABWRIGHT_REGISTRY ?? './models',
  );
}
