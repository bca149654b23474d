// The native flavors of model directories, read by MLflow's own loaders: mlflow.lightgbm, mlflow.xgboost and mlflow.catboost.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { importModel } from '../../src/bundle/import-model.js';
import { readBundle } from '../../src/bundle/read-bundle.js';
import type { ModelFileFormat } from '../../src/formats/model-file-format.js';
import { gradientBoosting } from '../../src/models/gradient-boosting.js';
import { readModelFile } from '../../src/models/read-model-file.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { sampleMatrix } from '../formats/sample-model.js';
import { hasEnvironment, runPython } from './run-python.js';

const FORMATS: Readonly<Record<string, ModelFileFormat>> = {
  lightgbm: 'lightgbm',
  xgboost: 'xgboost-ubj',
  catboost: 'catboost-json',
};

test.skipIf(!hasEnvironment('mlflow'))('a directory with a native flavor scores the same through it', async () => {
  const all = sampleMatrix(300, 9);
  const names = ['a', 'b'];
  const features = names.map((name) => ({ name, kind: 'numeric' as const }));
  const matrix = { nRows: 300, features, columns: all.columns.slice(0, 2) };
  const target = Float64Array.from({ length: 300 }, (_, row) => Number((matrix.columns[0]?.[row] ?? 0) > 0));
  const train = { features: matrix, target, task: 'binary', nClasses: 2 } as const;
  const fitted = await gradientBoosting({ numIterations: 8 }).fit(train);
  const work = mkdtempSync(join(tmpdir(), 'tabwright-flavors-'));
  const folders: Record<string, string> = {};
  const own: Record<string, Float64Array> = {};
  for (const [flavor, format] of Object.entries(FORMATS)) {
    const model = await readModelFile(writeModelFile(fitted, format));
    const files = importModel(model, { createdAt: '2026-01-01T00:00:00.000Z' });
    expect(Object.keys(JSON.parse(new TextDecoder().decode(files.get('MLmodel'))).flavors)).toContain(flavor);
    own[flavor] = readBundle(files).model.predict({ ...matrix, features: model.features });
    folders[flavor] = join(work, flavor);
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(work, flavor, path)), { recursive: true });
      writeFileSync(join(work, flavor, path), bytes);
    }
  }
  const rows = Array.from({ length: 300 }, (_, row) => {
    const cells = matrix.columns.map((column) => (Number.isNaN(column[row]) ? null : (column[row] as number)));
    return Object.fromEntries(cells.map((cell, i) => [names[i] as string, cell]));
  });
  const theirs = runPython('mlflow_flavors.py', { rows, folders }, 'mlflow') as Record<string, number[]>;
  rmSync(work, { recursive: true });
  for (const flavor of Object.keys(FORMATS)) {
    const worst = theirs[flavor]?.reduce(
      (most, score, i) => Math.max(most, Math.abs(score - (own[flavor]?.[i] ?? 9))),
      0,
    );
    expect(worst, flavor).toBeLessThanOrEqual(flavor === 'xgboost' ? 0 : 1e-15);
  }
});
