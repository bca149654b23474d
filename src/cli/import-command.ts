// tabwright import: a model file of another library as a version in the registry.

import { Command, Option } from 'commander';
import { importModel } from '../bundle/import-model.js';
import { readBundle } from '../bundle/read-bundle.js';
import type { ModelFileFormat } from '../formats/model-file-format.js';
import { MODEL_FILE_FORMATS } from '../formats/model-file-format.js';
import { readModelFile } from '../models/read-model-file.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import type { Terminal } from './terminal.js';

interface ImportFlags {
  readonly name: string;
  readonly registry: string;
  readonly format?: ModelFileFormat;
  readonly rounds: 'best' | 'all';
  readonly target?: string;
  readonly classes?: string;
  readonly json?: boolean;
}

/** Builds the command. */
export function importCommand(terminal: Terminal): Command {
  const command = new Command('import')
    .argument('<file>', 'model file of LightGBM (text), XGBoost (JSON, UBJ) or CatBoost (JSON)')
    .description('Register a model that another library trained')
    .requiredOption('--name <name>', 'name in the registry')
    .addOption(new Option('--format <format>', 'told from the file where absent').choices(MODEL_FILE_FORMATS))
    .addOption(
      new Option('--rounds <rounds>', 'of an XGBoost model that stopped early')
        .choices(['best', 'all'])
        .default('best'),
    )
    .option('--target <column>', 'name of what the model predicts')
    .option('--classes <labels>', 'labels in output order, separated by commas')
    .option('--json', 'print the version as JSON');
  return addRegistryFlag(command).action(async (file: string, flags: ImportFlags) => {
    const model = await readModelFile(file, { format: flags.format, rounds: flags.rounds });
    const classes = flags.classes?.split(',');
    const files = importModel(model, { target: flags.target, classes, createdAt: new Date().toISOString() });
    readBundle(files);
    const version = await openRegistry(flags.registry).put(flags.name, files, { tags: { source: 'import' } });
    if (flags.json === true) return terminal.json(version);
    const { trees } = model.ensemble;
    terminal.say(
      `Registered ${version.name}/${version.version}: ${trees.length} trees, ${model.features.length} features`,
    );
  });
}
