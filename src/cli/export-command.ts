// tabwright export: a registered model as a file of another library, or its whole directory.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { exportOnnx } from '../bundle/export-onnx.js';
import { readBundle } from '../bundle/read-bundle.js';
import type { BundleFiles } from '../core/registry.js';
import { storageError } from '../core/storage-error.js';
import type { ModelFileFormat } from '../formats/model-file-format.js';
import { writeModelFile } from '../models/write-model-file.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import type { Terminal } from './terminal.js';

/** A file, and what it lacks. */
interface Written {
  readonly bytes: Uint8Array;
  readonly note: string;
}

type Writer = (files: BundleFiles) => Written;

const treeFile =
  (format: ModelFileFormat): Writer =>
  (files) => ({
    bytes: writeModelFile(readBundle(files).model, format),
    note: ': the model alone, without its preprocessing',
  });

const WRITERS: Readonly<Record<string, Writer>> = {
  lightgbm: treeFile('lightgbm'),
  'xgboost-json': treeFile('xgboost-json'),
  'xgboost-ubj': treeFile('xgboost-ubj'),
  catboost: treeFile('catboost-json'),
  onnx(files) {
    const { bytes, scope, reason } = exportOnnx(files);
    if (scope === 'pipeline') return { bytes, note: ': the whole pipeline, from raw columns' };
    return { bytes, note: `: the model alone, without its preprocessing (${reason})` };
  },
};

interface ExportFlags {
  readonly registry: string;
  readonly format: string;
  readonly out: string;
}

/** Builds the command. */
export function exportCommand(terminal: Terminal): Command {
  const formats = [...Object.keys(WRITERS), 'bundle'];
  const command = new Command('export')
    .argument('<model>', 'name, name@alias or name/version')
    .description('Write a registered model as a file that Python reads, or its directory, which MLflow reads')
    .addOption(new Option('--format <format>', 'what to write').choices(formats).makeOptionMandatory())
    .requiredOption('--out <path>', 'file to write, or folder for a bundle');
  return addRegistryFlag(command).action(async (reference: string, flags: ExportFlags) => {
    const registry = openRegistry(flags.registry);
    const version = await registry.get(reference);
    const files = await registry.read(version.name, version.version);
    const writer = WRITERS[flags.format];
    const note = await (writer === undefined ? writeFolder(flags.out, files) : writeOne(flags.out, writer(files)));
    terminal.say(`Wrote ${version.name}/${version.version} to ${flags.out}${note}`);
  });
}

async function writeOne(path: string, { bytes, note }: Written): Promise<string> {
  await stored(() => writeFile(path, bytes));
  return note;
}

async function writeFolder(folder: string, files: BundleFiles): Promise<string> {
  readBundle(files);
  for (const [path, bytes] of files) {
    await stored(async () => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    });
  }
  return '';
}

async function stored(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    throw storageError('export: the file cannot be written', cause);
  }
}
