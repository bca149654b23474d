// tabwright profile: a report on a file, as one HTML page or as JSON.

import { spawn } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { replaceFile } from '../core/durable-files.js';
import { profilePage } from '../eda/page/profile-page.js';
import { profile } from '../eda/profile.js';
import { profileOptions } from '../eda/profile-options.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface ProfileFlags {
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
    .option('--json', 'print the profile as JSON, and write a page only where --out says so')
    .option('--open', 'open the page in the browser');
  addTableFlags(command, profileOptions);
  addTableFlags(command, csvFileOptions);
  return command.action(async (file: string, flags: ProfileFlags) => {
    const given = { ...flags } as Record<string, unknown>;
    const name = basename(file);
    const report = await profile(fileLoader(file, tableOptions(given, csvFileOptions)), {
      title: name,
      source: file,
      ...tableOptions(given, profileOptions),
      signal,
      onProgress: terminal.progress,
    });
    if (flags.json === true) terminal.json(report);
    if (flags.json === true && flags.out === undefined) return;
    const out = flags.out ?? `${name.replace(/\.[^.]*$/, '')}.profile.html`;
    const html = profilePage(report);
    await replaceFile(out, html);
    const { overview } = report;
    terminal.say(
      `Wrote ${out} (${Math.ceil(Buffer.byteLength(html) / 1000)} KB): ${overview.nRows} rows, ${overview.nColumns} columns, ${overview.nAlerts} alerts`,
    );
    if (flags.open === true) openInBrowser(resolve(out), terminal);
  });
}

function openInBrowser(path: string, terminal: Terminal): void {
  const child = spawn(OPENERS[process.platform] ?? 'xdg-open', [path], { stdio: 'ignore', detached: true });
  child.on('error', () => terminal.say(`No browser could be started; open ${path} yourself`));
  child.unref();
}
