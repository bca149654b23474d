// Command-line flags from an options table: names in kebab case, help from the docs, values parsed to the declared type.
import type { Command } from 'commander';
import { Option } from 'commander';
import type { OptionSpec, OptionsTable } from '../core/options-table.js';
import { parseOptionText } from '../core/parse-option-text.js';

/** Adds a flag for each option of the table; one that another table has added already stands for both. */
export function addTableFlags(command: Command, table: OptionsTable): void {
  const known = new Set(command.options.map((option) => option.attributeName()));
  for (const [name, spec] of Object.entries(table.specs)) {
    if (known.has(name)) continue;
    const option = new Option(flag(name, spec), spec.doc);
    if (spec.type === 'choice') option.choices(spec.choices);
    else if (spec.type !== 'boolean') option.argParser((text: string) => parseOptionText(table.name, name, spec, text));
    command.addOption(option);
    if (spec.type === 'boolean') command.addOption(new Option(`--no-${kebab(name)}`).hideHelp());
  }
}

/** The given options that belong to the table, by name. */
export function tableOptions(given: Readonly<Record<string, unknown>>, table: OptionsTable): Record<string, unknown> {
  const names = Object.keys(table.specs).filter((name) => given[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}

function flag(name: string, spec: OptionSpec): string {
  if (spec.type === 'boolean') return `--${kebab(name)}`;
  const value = {
    number: 'number',
    integer: 'count',
    string: 'text',
    choice: 'choice',
    list: 'a,b',
    numbers: 'a=1,b=2',
  }[spec.type];
  return `--${kebab(name)} <${value}>`;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
