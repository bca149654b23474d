// tabwright features: what a feature store holds, what changed, and what is online.
import { Command } from 'commander';
import type { FromTo, VersionDiff } from '../features/store/diff-versions.js';
import { createFeatureStore, type FeatureStore, featureStoreOptions } from '../features/store/feature-store.js';
import type { FeatureVersion } from '../features/store/feature-version.js';
import { definedView, featureColumns } from '../features/store/view-definition.js';
import { featureUsers } from '../registry/feature-users.js';
import { featuresBuild } from './features-build.js';
import { formatTable } from './format-table.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';
import { versionNumber } from './version-number.js';

type Flags = Readonly<Record<string, unknown>>;

/** Builds the command with its subcommands. */
export function featuresCommand(terminal: Terminal, signal: AbortSignal): Command {
  const features = new Command('features').description('Build, list, compare and look up stored features');
  const add = (usage: string, description: string) => {
    const command = features.command(usage).description(description).option('--json', 'print the result as JSON');
    addTableFlags(command, featureStoreOptions);
    return command;
  };
  features.addCommand(featuresBuild(terminal, signal));
  add('list [view]', 'list versions of all views, or of one').action(async (view: string | undefined, flags: Flags) => {
    const store = openStore(flags);
    const names = view === undefined ? await store.views() : [view];
    const versions = (await Promise.all(names.map((name) => store.versions(name)))).flat();
    if (flags.json === true) return terminal.json(versions);
    terminal.out(formatTable(VERSION_HEADER, versions.map(versionRow)));
  });
  addRegistryFlag(
    add('show <reference>', 'show one version, as view or view/version, and the models that use it'),
  ).action(async (reference: string, flags: Flags) => {
    const { view, version } = parseReference(reference);
    await showVersion(terminal, flags, await openStore(flags).version(view, version));
  });
  add('diff <view> <from> <to>', 'compare two versions').action(
    async (view: string, from: string, to: string, flags: Flags) => {
      const diff = await openStore(flags).diff(view, versionNumber(from), versionNumber(to));
      if (flags.json === true) return terminal.json(diff);
      printDiff(terminal, diff);
    },
  );
  add('materialise <reference>', 'bring the latest rows of a version online, as view or view/version')
    .alias('materialize')
    .action(async (reference: string, flags: Flags) => {
      const { view, version } = parseReference(reference);
      const { store } = await openStored(flags, view, version);
      const done = await store.materialise(view, { version, signal });
      if (flags.json === true) return terminal.json(done);
      terminal.say(`${view}/${done.version} is online: ${done.nWritten} entities written, ${done.nRemoved} removed`);
    });
  add('get <view> <entity>', "print an entity's latest features").action(
    async (view: string, entity: string, flags: Flags) => {
      const { store, stored } = await openStored(flags, view);
      const row = await store.get(view, stored.entityType === 'number' ? Number(entity) : entity);
      if (flags.json === true) return terminal.json(row);
      const cells = Object.entries(row as object).map(([name, cell]) => [name, shown(cell)]);
      terminal.out(formatTable(['feature', 'value'], cells));
    },
  );
  return features;
}

function openStore(flags: Flags): FeatureStore {
  return createFeatureStore({ ...tableOptions(flags, featureStoreOptions), views: {} });
}

/** A store that has the view as a version declares it. */
async function openStored(
  flags: Flags,
  view: string,
  version?: number,
): Promise<{ readonly store: FeatureStore; readonly stored: FeatureVersion }> {
  const { ttlDays: _, ...plain } = flags;
  const stored = await openStore(plain).version(view, version);
  const views = { [view]: definedView(stored.definition) };
  return { store: createFeatureStore({ ...tableOptions(flags, featureStoreOptions), views }), stored };
}

const VERSION_HEADER = ['view', 'version', 'rows', 'entities', 'created', 'watermark', 'schema', 'code'];

function versionRow(version: FeatureVersion): string[] {
  const { view, version: number, nRows, nEntities, createdAt, watermark, schemaHash, codeVersion } = version;
  return [view, number, nRows, nEntities, createdAt, watermark, schemaHash.slice(0, 12), codeVersion].map(String);
}

async function showVersion(terminal: Terminal, flags: Flags, version: FeatureVersion): Promise<void> {
  const users = await featureUsers(openRegistry(String(flags.registry)), version.view, version.version);
  const models = users.map(({ model }) => `${model.name}/${model.version}`);
  if (flags.json === true) return terminal.json({ ...version, models });
  terminal.out(formatTable(VERSION_HEADER, [versionRow(version)]));
  const types = featureColumns(definedView(version.definition)).map(({ name, type }) => [name, type]);
  terminal.out(`\n${formatTable(['feature', 'type'], types)}`);
  const sources = Object.entries(version.sources).map(([name, { nRows, digest }]) => [name, String(nRows), digest]);
  terminal.out(`\n${formatTable(['source', 'rows', 'fingerprint'], sources)}`);
  terminal.out(`\nmodels: ${models.length === 0 ? 'none' : models.join(', ')}`);
}

function printDiff(terminal: Terminal, diff: VersionDiff): void {
  const pair = ({ from, to }: FromTo<number | null>, digits: number) =>
    [from, to].map((value) => (value === null ? '' : value.toFixed(digits)));
  const { versions, added, removed, changed } = diff;
  terminal.out(
    formatTable(
      ['', `version ${versions.from}`, `version ${versions.to}`],
      [
        ['rows', ...pair(diff.nRows, 0)],
        ['entities', ...pair(diff.nEntities, 0)],
      ],
    ),
  );
  for (const [word, names] of Object.entries({ added, removed, changed })) {
    if (names.length > 0) terminal.out(`${word}: ${names.join(', ')}`);
  }
  const header = ['feature', 'missing from', 'missing to', 'mean from', 'mean to'];
  const rows = diff.features.map(({ name, missing, mean }) => [name, ...pair(missing, 4), ...pair(mean, 4)]);
  terminal.out(`\n${formatTable(header, rows)}`);
}

function parseReference(reference: string): { readonly view: string; readonly version: number | undefined } {
  const at = reference.indexOf('/');
  if (at === -1) return { view: reference, version: undefined };
  return { view: reference.slice(0, at), version: versionNumber(reference.slice(at + 1)) };
}

function shown(cell: unknown): string {
  if (cell === null) return '';
  return cell instanceof Date ? cell.toISOString() : String(cell);
}
