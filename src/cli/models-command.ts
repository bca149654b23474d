// tabwright models: what is registered, which version serves, and who it was before.

import { Command } from 'commander';
import { CHAMPION } from '../core/model-reference.js';
import type { ModelVersion, Registry } from '../core/registry.js';
import { previousVersion } from '../registry/previous-version.js';
import { formatTable } from './format-table.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import type { Terminal } from './terminal.js';
import { versionNumber } from './version-number.js';

interface ModelsFlags {
  readonly registry: string;
  readonly json?: boolean;
  readonly alias: string;
  readonly reason?: string;
}

/** Builds the command with its subcommands. */
export function modelsCommand(terminal: Terminal): Command {
  const models = new Command('models').description('List, promote, roll back and delete registered models');
  const add = (usage: string, description: string) =>
    addRegistryFlag(models.command(usage)).description(description).option('--json', 'print the result as JSON');
  const withAlias = (command: Command) =>
    command.option('--alias <alias>', 'alias to move', CHAMPION).option('--reason <text>', 'kept in the history');

  add('list [name]', 'list models, or the versions of one').action(
    async (name: string | undefined, flags: ModelsFlags) => {
      const registry = openRegistry(flags.registry);
      const names = name === undefined ? await registry.list() : [name];
      const versions = (await Promise.all(names.map((each) => registry.versions(each)))).flat();
      if (flags.json === true) return terminal.json(versions);
      terminal.out(formatTable(['model', 'version', 'created', 'aliases'], versions.map(versionRow)));
    },
  );
  add('show <reference>', 'show one version').action(async (reference: string, flags: ModelsFlags) => {
    const version = await openRegistry(flags.registry).get(reference);
    if (flags.json === true) return terminal.json(version);
    const tags = Object.entries(version.tags).map(([key, value]) => `${key}=${value}`);
    terminal.out(
      formatTable(['model', 'version', 'created', 'aliases', 'tags'], [[...versionRow(version), tags.join(' ')]]),
    );
  });
  withAlias(add('promote <name> <version>', 'point an alias at a version')).action(
    async (name: string, version: string, flags: ModelsFlags) => {
      await move(terminal, flags, name, () => versionNumber(version));
    },
  );
  withAlias(add('rollback <name>', 'point an alias back at the version before')).action(
    async (name: string, flags: ModelsFlags) => {
      await move(terminal, flags, name, (registry) => previousVersion(registry, name, flags.alias));
    },
  );
  add('history <name>', 'alias changes, oldest first').action(async (name: string, flags: ModelsFlags) => {
    const events = await openRegistry(flags.registry).history(name);
    if (flags.json === true) return terminal.json(events);
    const rows = events.map(({ at, alias, from, to, reason }) => [
      at,
      alias,
      String(from ?? ''),
      String(to ?? ''),
      reason,
    ]);
    terminal.out(formatTable(['at', 'alias', 'from', 'to', 'reason'], rows));
  });
  add('delete <name> <version>', 'delete a version that no alias points at').action(
    async (name: string, version: string, flags: ModelsFlags) => {
      await openRegistry(flags.registry).delete(name, versionNumber(version));
      if (flags.json === true) return terminal.json({ name, version: versionNumber(version), deleted: true });
      terminal.say(`Deleted ${name}/${version}`);
    },
  );
  return models;
}

async function move(
  terminal: Terminal,
  flags: ModelsFlags,
  name: string,
  choose: (registry: Registry) => number | Promise<number>,
): Promise<void> {
  const registry = openRegistry(flags.registry);
  const version = await choose(registry);
  await registry.setAlias(name, flags.alias, version, flags.reason);
  if (flags.json === true) return terminal.json(await registry.get(`${name}/${version}`));
  terminal.say(`${name}@${flags.alias} is version ${version} now`);
}

function versionRow({ name, version, createdAt, aliases }: ModelVersion): string[] {
  return [name, String(version), createdAt, aliases.join(', ')];
}
