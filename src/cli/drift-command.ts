// tabwright drift: a file against the rows a registered model was trained on, or against another file.

import type { ColumnTable } from 'arquero';
import { Command } from 'commander';
import { BUNDLE_LAYOUT } from '../bundle/bundle-layout.js';
import { readBundleJson } from '../bundle/read-bundle-json.js';
import { readReference } from '../bundle/read-reference.js';
import type { DataLoader } from '../core/data-loader.js';
import { replaceFile } from '../core/durable-files.js';
import type { FeatureSpec } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { detectDrift } from '../drift/detect-drift.js';
import { driftOptions } from '../drift/drift-options.js';
import type { DriftModel, DriftReport } from '../drift/drift-report.js';
import { domainClassifier } from '../drift/multivariate/domain-classifier.js';
import type { DriftReference } from '../drift/reference/drift-reference.js';
import { driftReference } from '../drift/reference/make-drift-reference.js';
import { driftPage } from '../eda/page/drift-page.js';
import { csvFileOptions } from '../loaders/csv/csv-file-options.js';
import { fileLoader } from '../loaders/file-loader.js';
import { gradientBoosting } from '../models/gradient-boosting.js';
import { conformTable } from '../schema/conform-table.js';
import { inferFeatures } from '../schema/infer-features.js';
import { readFeatureSpec } from '../schema/read-feature-spec.js';
import { loadTable } from '../training/load-table.js';
import { addCsvFlags, csvSource } from './csv-source.js';
import { formatTable } from './format-table.js';
import { addRegistryFlag, openRegistry } from './registry-option.js';
import { addTableFlags, tableOptions } from './table-flags.js';
import type { Terminal } from './terminal.js';

interface DriftFlags {
  readonly model?: string;
  readonly registry: string;
  readonly reference?: string;
  readonly classifier?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

/** The exit code of a comparison that found drift. */
const DRIFTED = 10;

/** Builds the command. */
export function driftCommand(terminal: Terminal, signal: AbortSignal): Command {
  const command = new Command('drift').description(
    `Compare a file with the rows a model was trained on, or with another file; exit code ${DRIFTED} where it has drifted`,
  );
  addCsvFlags(command)
    .option('--model <reference>', 'name, name@alias or name/version, whose training rows are the reference')
    .option('--reference <file>', 'file to compare with, value by value; without --model its columns are inferred')
    .option('--classifier', 'ask a domain classifier too, which takes --reference')
    .option('-o, --out <file>', 'HTML report to write')
    .option('--json', 'print the report as JSON');
  addTableFlags(command, driftOptions);
  return addRegistryFlag(command).action(async (flags: DriftFlags) => {
    const report = await compare(flags, signal);
    if (flags.out !== undefined) await replaceFile(flags.out, driftPage(report));
    if (flags.json === true) terminal.json(report);
    else print(report, terminal);
    if (report.isDrifted) process.exitCode = DRIFTED;
  });
}

async function compare(flags: DriftFlags, signal: AbortSignal): Promise<DriftReport> {
  if (flags.model === undefined && flags.reference === undefined)
    throw new TabwrightError('OPTION_INVALID', 'drift: give --model, --reference or both');
  if (flags.classifier === true && flags.reference === undefined)
    throw new TabwrightError('OPTION_INVALID', 'drift: --classifier needs the rows of --reference');
  const kept = flags.model === undefined ? undefined : await keptReference(flags.model, flags.registry);
  const read = async (data: DataLoader, spec: FeatureSpec): Promise<ColumnTable> =>
    conformTable(await loadTable({ data, spec, signal }), { spec: tolerant(spec) }, 'drift');
  const csv = tableOptions({ ...flags }, csvFileOptions);
  const other = flags.reference === undefined ? undefined : fileLoader(flags.reference, csv);
  const spec = kept?.spec ?? (await inferredSpec(other as DataLoader, signal));
  const samples = other && (await read(other, spec));
  const current = await read(csvSource({ ...flags }), spec);
  const reference = kept?.reference ?? driftReference(samples as ColumnTable, spec);
  const classifier =
    flags.classifier === true && samples !== undefined
      ? await domainClassifier({ reference, samples, current, model: gradientBoosting({ numIterations: 50 }), signal })
      : null;
  const options = tableOptions({ ...flags }, driftOptions);
  return detectDrift({ ...options, reference, current, samples, model: kept?.model, multivariate: { classifier } });
}

interface Kept {
  readonly model: DriftModel;
  readonly spec: FeatureSpec;
  readonly reference: DriftReference;
}

/** What a registered model keeps of its training rows. @throws BUNDLE_INVALID where it keeps nothing */
async function keptReference(model: string, path: string): Promise<Kept> {
  const registry = openRegistry(path);
  const { name, version } = await registry.get(model);
  const files = await registry.read(name, version);
  const reference = readReference(files);
  if (reference === undefined)
    throw new TabwrightError('BUNDLE_INVALID', `${name}/${version} keeps no reference.json; train it anew`);
  const spec = readFeatureSpec(readBundleJson(files, BUNDLE_LAYOUT.schema));
  return { model: { name, version }, spec, reference };
}

async function inferredSpec(data: DataLoader, signal: AbortSignal): Promise<FeatureSpec> {
  return inferFeatures(await loadTable({ data, signal })).spec;
}

/** Fields without their checks: a value that training would have refused is what drift is about. */
function tolerant({ fields, ...rest }: FeatureSpec): FeatureSpec {
  return { ...rest, fields: fields.map(({ name, type }) => ({ name, type, nullable: true })) };
}

function print({ columns, drifted, isDrifted }: DriftReport, terminal: Terminal): void {
  const text = (value: number | null): string => (value === null ? '' : value.toPrecision(4));
  const rows = columns.map(({ name, measure, value, adjustedPValue, isDrifted: has, quality }) => [
    name,
    measure ?? '',
    text(value),
    text(adjustedPValue),
    [...(has ? ['drifted'] : []), ...quality.changes].join(', '),
  ]);
  terminal.out(formatTable(['column', 'measure', 'value', 'p', ''], rows));
  terminal.say(
    `${drifted.count} of ${drifted.of} columns drifted (${text(drifted.expectedFalse)} expected by chance at most): ${isDrifted ? 'drift' : 'no drift'}`,
  );
}
