// Judges a registered model on labelled data it is given, such as next month's.

import type { CustomReaders } from '../bundle/read-bundle.js';
import { readBundle } from '../bundle/read-bundle.js';
import type { RunControl } from '../core/progress.js';
import type { ModelVersion, Registry } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { evaluate } from '../evaluation/evaluate.js';
import { conformTable } from '../schema/conform-table.js';
import { encodeTarget } from '../schema/encode-target.js';
import { tableToMatrix } from '../transforms/table-to-matrix.js';
import type { TableSource } from './load-table.js';
import { loadTable } from './load-table.js';

/** What to judge, and on what. */
export interface EvaluateRequest extends Pick<TableSource, 'data' | 'table'>, RunControl, CustomReaders {
  readonly registry: Registry;
  /** `name`, `name@alias` or `name/3`. */
  readonly model: string;
}

/** What was found. */
export interface Evaluation {
  readonly version: ModelVersion;
  readonly nRows: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** @throws MODEL_NOT_FOUND, VALIDATION_FAILED, COLUMN_MISSING and TARGET_INVALID where the labels are missing or unknown */
export async function evaluateModel(request: EvaluateRequest): Promise<Evaluation> {
  const version = await request.registry.get(request.model);
  const { spec, pipeline, model } = readBundle(await request.registry.read(version.name, version.version), request);
  const target = spec.target;
  if (target === undefined) throw new TabwrightError('BUNDLE_INVALID', 'schema.json has no target');
  const table = await loadTable({ ...request, spec });
  const encoded = encodeTarget(table, target);
  const predictions = model.predict(tableToMatrix(pipeline, conformTable(table, { spec }, 'data')));
  const metrics = evaluate({ task: target.task, nClasses: encoded.nClasses, target: encoded.values, predictions });
  return { version, nRows: encoded.values.length, metrics };
}
