// tabwright profile: a report on a file, as one HTML page or as JSON.

import { spawn } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import type { DataLoader } from '../core/data-loader.js';
import { replaceFile } from '../core/durable-files.js';
import { profilePage } from '../eda/page/profile-page.js';
import { profile } from '../eda/profile.js';
import { profileOptions } from '../eda/profile-options.js';
import type { Profile, ProfileComparison } from '../eda/profile-types.js';
import { csv } from '../loaders/csv/csv.js';
import { type CsvFileOptions, csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileKind } from '../loaders/file-kind.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface ProfileFlags {
  readonly compare?: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
  readonly open?: boolean;
}

/** What opens a file in the user's browser. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', win32: 'explorer' };

/** Builds the command. */
export function profileCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('profile')
    .argument('<file>', '.csv, .parquet, .json or .ndjson file')
    .description('Profile a file: one HTML page with statistics, alerts, associations and missing values')
    .option('-o, --out <file>', 'HTML file to write; <name>.profile.html beside you where absent')
    .option('--compare <file...>', 'other files, to lay side by side with the first')
    .option('--json', 'print the profile as JSON, and write a page only where --out says so')
    .option('--open', 'open the page in the browser');
  addTableFlags(command, profileOptions);
  addTableFlags(command, csvFileOptions);
  return command.action(async (file: string, flags: ProfileFlags) => {
    const read = (path: string): Promise<Profile> => profileFile(path, { ...flags }, terminal, signal);
    const { result, page, words } =
      flags.compare === undefined ? one(await read(file)) : await several(await inTurn([file, ...flags.compare], read));
    if (flags.json === true) terminal.json(result);
    if (flags.json === true && flags.out === undefined) return;
    const out =
      flags.out ??
      `${basename(file).replace(/\.[^.]*$/, '')}.${flags.compare === undefined ? 'profile' : 'comparison'}.html`;
    await replaceFile(out, page);
    terminal.say(`Wrote ${out} (${Math.ceil(Buffer.byteLength(page) / 1000)} KB): ${words}`);
    if (flags.open === true) openInBrowser(resolve(out), terminal);
  });
}

/** What is printed, written and said. */
interface Report {
  readonly result: Profile | ProfileComparison;
  readonly page: string;
  readonly words: string;
}

async function profileFile(
  file: string,
  flags: Readonly<Record<string, unknown>>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Profile> {
  return profile(await loaderOf(file, tableOptions(flags, csvFileOptions)), {
    title: basename(file),
    source: file,
    ...tableOptions(flags, profileOptions),
    signal,
    onProgress: terminal.progress,
  });
}

/** What reads other files than CSV is imported for them alone: importing takes as long as profiling a small file. */
async function loaderOf(file: string, options: CsvFileOptions): Promise<DataLoader> {
  if (fileKind(file) === 'csv') return csv(file, options);
  const { fileLoader } = await import('../loaders/file-loader.js');
  return fileLoader(file);
}

/** One file after another, by name; names that come again are numbered. */
async function inTurn(
  files: readonly string[],
  read: (file: string) => Promise<Profile>,
): Promise<Record<string, Profile>> {
  const profiles: Record<string, Profile> = {};
  for (const file of files) {
    const name = basename(file);
    const before = Object.keys(profiles).filter((known) => known === name || known.startsWith(`${name} (`)).length;
    profiles[before === 0 ? name : `${name} (${before + 1})`] = await read(file);
  }
  return profiles;
}

function one(result: Profile): Report {
  const { nRows, nColumns, nAlerts } = result.overview;
  return { result, page: profilePage(result), words: `${nRows} rows, ${nColumns} columns, ${nAlerts} alerts` };
}

async function several(profiles: Readonly<Record<string, Profile>>): Promise<Report> {
  const { compareProfiles } = await import('../eda/compare-profiles.js');
  const { comparisonPage } = await import('../eda/page/comparison-page.js');
  const result = compareProfiles(profiles);
  const changed = result.columns.filter(({ changes }) => changes.length > 0).length;
  return { result, page: comparisonPage(result), words: `${changed} of ${result.columns.length} columns changed` };
}

function openInBrowser(path: string, terminal: Terminal): void {
  const child = spawn(OPENERS[process.platform] ?? 'xdg-open', [path], { stdio: 'ignore', detached: true });
  child.on('error', () => terminal.say(`No browser could be started; open ${path} yourself`));
  child.unref();
}
