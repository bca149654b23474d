// tabwright import: a model file of another library as a version in the registry.

import { Command, Option } from 'commander';
import { importModel } from '../bundle/import-model.js';
import { importOnnx } from '../bundle/import-onnx.js';
import { readBundle } from '../bundle/read-bundle.js';
import type { Task } from '../core/feature-spec.js';
import type { BundleFiles } from '../core/registry.js';
import type { ModelFileFormat } from '../formats/model-file-format.js';
import { MODEL_FILE_FORMATS } from '../formats/model-file-format.js';
import { readModelFile } from '../models/read-model-file.js';
import { isOnnxFile, readOnnxFile } from '../models/read-onnx-file.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import type { Terminal } from './terminal.js';

interface ImportFlags {
  readonly name: string;
  readonly registry: string;
  readonly format?: ModelFileFormat | 'onnx';
  readonly rounds: 'best' | 'all';
  readonly target?: string;
  readonly classes?: string;
  readonly task?: Task;
  readonly features?: string;
  readonly output?: string;
  readonly json?: boolean;
}

/** Builds the command. */
export function importCommand(terminal: Terminal): Command {
  const command = new Command('import')
    .argument('<file>', 'model file of LightGBM (text), XGBoost (JSON, UBJ), CatBoost (JSON), or ONNX')
    .description('Register a model that another library trained')
    .requiredOption('--name <name>', 'name in the registry')
    .addOption(
      new Option('--format <format>', 'told from the file where absent').choices([...MODEL_FILE_FORMATS, 'onnx']),
    )
    .addOption(
      new Option('--rounds <rounds>', 'of an XGBoost model that stopped early')
        .choices(['best', 'all'])
        .default('best'),
    )
    .option('--target <column>', 'name of what the model predicts')
    .option('--classes <labels>', 'labels in output order, separated by commas')
    .addOption(
      new Option('--task <task>', 'of an ONNX graph; told from its output where absent').choices([
        'binary',
        'multiclass',
        'regression',
      ]),
    )
    .option('--features <names>', 'of the columns of an ONNX graph, separated by commas')
    .option('--output <name>', 'of an ONNX graph: the output with the scores')
    .option('--json', 'print the version as JSON');
  return addRegistryFlag(command).action(async (file: string, flags: ImportFlags) => {
    const { files, made } = await imported(file, flags);
    readBundle(files);
    const version = await openRegistry(flags.registry).put(flags.name, files, { tags: { source: 'import' } });
    if (flags.json === true) return terminal.json(version);
    terminal.say(`Registered ${version.name}/${version.version}: ${made}`);
  });
}

/** A model directory, and what is in it in words. */
async function imported(
  file: string,
  { format, rounds, ...flags }: ImportFlags,
): Promise<{ files: BundleFiles; made: string }> {
  const list = (text: string | undefined): string[] | undefined => text?.split(',');
  const options = { target: flags.target, classes: list(flags.classes), createdAt: new Date().toISOString() };
  if (format === 'onnx' || (format === undefined && (await isOnnxFile(file)))) {
    const { task, features, output } = flags;
    const onnx = await readOnnxFile(file, { task, features: list(features), output });
    return { files: importOnnx(onnx, options), made: `an ONNX graph over ${onnx.model.features.length} features` };
  }
  const model = await readModelFile(file, { format, rounds });
  const { trees } = model.ensemble;
  return { files: importModel(model, options), made: `${trees.length} trees, ${model.features.length} features` };
}
