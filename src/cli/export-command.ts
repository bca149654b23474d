// tabwright export: a registered model as a file of another library, or its whole directory.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { readBundle } from '../bundle/read-bundle.js';
import type { FittedModel } from '../core/model.js';
import type { BundleFiles } from '../core/registry.js';
import { storageError } from '../core/storage-error.js';
import type { ModelFileFormat } from '../formats/model-file-format.js';
import { writeModelFile, writeOnnxFile } from '../models/write-model-file.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import type { Terminal } from './terminal.js';

type Writer = (model: FittedModel) => Uint8Array;

const treeFile =
  (format: ModelFileFormat): Writer =>
  (model) =>
    writeModelFile(model, format);

const WRITERS: Readonly<Record<string, Writer>> = {
  lightgbm: treeFile('lightgbm'),
  'xgboost-json': treeFile('xgboost-json'),
  'xgboost-ubj': treeFile('xgboost-ubj'),
  catboost: treeFile('catboost-json'),
  onnx: writeOnnxFile,
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
    await (writer === undefined ? writeFolder(flags.out, files) : writeOne(flags.out, files, writer));
    const note = writer === undefined ? '' : ': the model alone, without its preprocessing';
    terminal.say(`Wrote ${version.name}/${version.version} to ${flags.out}${note}`);
  });
}

async function writeOne(path: string, files: BundleFiles, writer: Writer): Promise<void> {
  const bytes = writer(readBundle(files).model);
  await stored(() => writeFile(path, bytes));
}

async function writeFolder(folder: string, files: BundleFiles): Promise<void> {
  readBundle(files);
  for (const [path, bytes] of files) {
    await stored(async () => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    });
  }
}

async function stored(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    throw storageError('export: the file cannot be written', cause);
  }
}
