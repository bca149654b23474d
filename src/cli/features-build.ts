// tabwright features build: rows of a view, from files, as its next version.
import type { ColumnTable } from 'arquero';
import { Command } from 'commander';
import { TabwrightError } from '../core/tabwright-error.js';
import type { GivenMoments, Snapshot } from '../features/store/asked-moments.js';
import { createFeatureStore, featureStoreOptions } from '../features/store/feature-store.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { parseInstant } from '../schema/parse-instant.js';
import { importView } from './feature-modules.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface BuildFlags {
  readonly module: string;
  readonly data: readonly string[];
  readonly at?: string;
  readonly moments?: string;
  readonly time?: string;
  readonly until?: string;
  readonly full?: boolean;
  readonly json?: boolean;
}

/** Builds the command. */
export function featuresBuild(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('build')
    .argument('<view>', 'name under which the module exports the view, and under which it is stored')
    .description('Compute what is new of a view and store it as the next version')
    .requiredOption('--module <file>', 'JavaScript or TypeScript module that exports the view')
    .requiredOption(
      '--data <source=file>',
      'file of a source: .csv, .parquet, .json or .ndjson; may be repeated',
      collect,
    )
    .option('--at <time>', 'time as of which every entity has a row')
    .option('--moments <source>', 'source of which each row asks for a row, as of its own time')
    .option('--time <column>', 'column of the times of --moments')
    .option('--until <time>', 'leave later moments to a later version; now where absent')
    .option('--full', 'compute the rows of earlier versions again')
    .option('--json', 'print the version as JSON');
  addTableFlags(command, featureStoreOptions);
  addTableFlags(command, csvFileOptions);
  return command.action(async (name: string, flags: BuildFlags) => {
    const view = await importView(flags.module, name);
    const store = createFeatureStore({ ...tableOptions({ ...flags }, featureStoreOptions), views: { [name]: view } });
    const tables = await loadSources(flags, signal);
    const version = await store.build(name, tables, { ...readRequest(flags, tables), full: flags.full, signal });
    if (flags.json === true) return terminal.json(version);
    const added = version.parts.at(-1)?.nRows ?? 0;
    terminal.say(
      `${name}/${version.version}: ${version.nRows} rows of ${version.nEntities} entities, ${added} of its own`,
    );
  });
}

async function loadSources(flags: BuildFlags, signal: AbortSignal): Promise<Record<string, ColumnTable>> {
  const tables: Record<string, ColumnTable> = {};
  for (const [name, file] of flags.data.map(sourceFile)) {
    const loader = fileLoader(file, tableOptions({ ...flags }, csvFileOptions));
    tables[name] = (await loader.load({ signal })).data;
  }
  return tables;
}

function readRequest(flags: BuildFlags, tables: Readonly<Record<string, ColumnTable>>): Snapshot | GivenMoments {
  const { at, moments, time, until } = flags;
  if ((at === undefined) === (moments === undefined)) throw invalid('give either --at or --moments');
  if (at !== undefined) {
    if (time !== undefined || until !== undefined) throw invalid('--time and --until belong to --moments');
    return { at: instant('--at', at) };
  }
  const table = Object.hasOwn(tables, String(moments)) ? tables[String(moments)] : undefined;
  if (table === undefined || time === undefined)
    throw invalid('--moments must name a source of --data, with --time its column');
  return { moments: { table, time }, until: until === undefined ? undefined : instant('--until', until) };
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

function sourceFile(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw invalid(`--data must be source=file, got ${JSON.stringify(text.slice(0, 40))}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function instant(flag: string, text: string): Date {
  const ms = parseInstant(text);
  if (!Number.isNaN(ms)) return new Date(ms);
  throw invalid(`${flag} must be an ISO 8601 time, got ${JSON.stringify(text.slice(0, 40))}`);
}

function invalid(rule: string): TabwrightError {
  return new TabwrightError('OPTION_INVALID', `features build: ${rule}`);
}
