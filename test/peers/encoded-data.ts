// A public data set encoded for linear models, split into its first rows and the rest, and written out for Python to read.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import type { Target } from '../../src/core/feature-spec.js';
import type { TrainingData } from '../../src/core/model.js';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { encodeTarget } from '../../src/schema/encode-target.js';
import { inferFeatures } from '../../src/schema/infer-features.js';
import { takeRows } from '../../src/table/take-rows.js';
import { defaultPipeline } from '../../src/transforms/default-pipeline.js';
import { tableToMatrix } from '../../src/transforms/table-to-matrix.js';

/** Encoded rows to fit on and to score. */
export interface EncodedData {
  readonly train: TrainingData;
  readonly test: TrainingData;
  /** A file of doubles: the columns of all rows one after another, then the target. */
  readonly path: string;
}

/** Encodes a CSV file by the default pipeline of dense models, fitted on the first `wanted` rows; where those are all, they are scored too. */
export function encodedData(csvPath: string, target: Target, wanted: number): EncodedData {
  const table = parseCsv(readFileSync(csvPath));
  const trainRows = Math.min(wanted, table.numRows());
  const first = takeRows(table, range(0, trainRows));
  const { spec } = inferFeatures(table, { target });
  const names = spec.fields.map(({ name }) => name);
  const pipeline = defaultPipeline(spec.fields, 'dense').fit(first);
  const { values, nClasses } = encodeTarget(table, target);
  const part = (from: number, to: number): TrainingData => ({
    features: tableToMatrix(pipeline, takeRows(table, range(from, to)), names),
    target: values.slice(from, to),
    task: target.task,
    nClasses,
  });
  const train = part(0, trainRows);
  const test = trainRows < table.numRows() ? part(trainRows, table.numRows()) : train;
  return { train, test, path: write(tableToMatrix(pipeline, table, names), values) };
}

function write({ columns }: FeatureMatrix, target: Float64Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tabwright-peers-')), 'encoded.bin');
  const doubles = [...columns, target].map((column) => Buffer.from(Float64Array.from(column).buffer));
  writeFileSync(path, Buffer.concat(doubles));
  return path;
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}
