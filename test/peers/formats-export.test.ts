// Model files written here, loaded and scored by the library of each format.
import { describe, expect, test } from 'vitest';
import { scoreRow } from '../../src/boosting/scoring/score-row.js';
import type { TreeEnsemble } from '../../src/boosting/scoring/tree-ensemble.js';
import type { FeatureMatrix } from '../../src/core/feature-matrix.js';
import { createRandom } from '../../src/core/random.js';
import type { ModelFileFormat } from '../../src/formats/model-file-format.js';
import { MODEL_FILE_FORMATS } from '../../src/formats/model-file-format.js';
import { parseModelFile } from '../../src/formats/parse-model-file.js';
import type { FittedGradientBoosting } from '../../src/models/fitted-gradient-boosting.js';
import { gradientBoosting } from '../../src/models/gradient-boosting.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { recordCell } from './formats-record.js';
import { hasPython, runPython } from './run-python.js';

const N_ROWS = 1000;
const LEVELS = [
  'red',
  'green',
  'blue',
  'Ü x',
  'grey',
  'pink',
  'teal',
  'gold',
  'a longer name of a category',
  'k',
  '10',
];
const DIALECTS = ['lightgbm', 'xgboost', 'catboost'] as const;
const OBJECTIVES = ['binary', 'multiclass', 'regression', 'regressionL1', 'huber', 'quantile', 'poisson'] as const;
const DATA = ['numeric', 'categorical', 'missing'] as const;

interface Cell {
  readonly dialect: (typeof DIALECTS)[number];
  readonly objective: (typeof OBJECTIVES)[number];
  readonly data: (typeof DATA)[number];
  readonly format: ModelFileFormat;
}

const CELLS: readonly Cell[] = DIALECTS.flatMap((dialect) =>
  OBJECTIVES.flatMap((objective) =>
    DATA.flatMap((data) => MODEL_FILE_FORMATS.map((format) => ({ dialect, objective, data, format }))),
  ),
);

interface Written {
  readonly cell: Cell;
  readonly model: FittedGradientBoosting;
  readonly matrix: FeatureMatrix;
  readonly bytes: Uint8Array;
}

interface Scored {
  readonly error?: string;
  readonly raw: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
}

const written = hasPython ? await writeAll() : [];
const scored = hasPython ? (runPython('formats_export.py', written.map(request)) as Scored[]) : [];

describe.skipIf(!hasPython)('a model file written here scores there as here', () => {
  test.each(written.map((each, i) => ({ ...each.cell, i })))(
    '$dialect $objective, $data, as $format',
    ({ i, ...cell }) => {
      const { model, matrix, bytes } = written[i] as Written;
      const theirs = scored[i] as Scored;
      expect(theirs.error ?? '').toBe('');
      const own = rawScores(model.ensemble, matrix);
      const inFormat = rawScores(parseModelFile(bytes).ensemble, matrix);
      const raw = largestDifference(inFormat, theirs.raw.flat());
      const outputs = largestDifference(model.predict(matrix), linked(cell, theirs.outputs.flat()));
      recordCell(
        'export',
        { library: cell.format, name: `${cell.dialect} ${cell.objective}`, data: cell.data },
        { raw, outputs },
      );
      expect(raw).toBeLessThanOrEqual(cell.format === 'catboost-json' ? 1e-12 : 0);
      expect(largestDifference(inFormat, own)).toBeLessThanOrEqual(cell.format.startsWith('xgboost') ? 2e-5 : 1e-12);
      expect(outputs).toBeLessThanOrEqual(cell.format.startsWith('xgboost') ? 1e-5 : 1e-12);
    },
  );
});

/** CatBoost gives a CatBoost of a count its exponent only where asked for. */
function linked({ objective, format }: Cell, outputs: readonly number[]): readonly number[] {
  return objective === 'poisson' && format === 'catboost-json' ? outputs.map(Math.exp) : outputs;
}

async function writeAll(): Promise<Written[]> {
  const all: Written[] = [];
  for (const cell of CELLS) {
    const matrix = makeMatrix(cell);
    const previous = all.find(({ cell: { dialect, objective, data } }) => {
      return dialect === cell.dialect && objective === cell.objective && data === cell.data;
    });
    const model = previous?.model ?? (await fit(cell, matrix));
    all.push({ cell, model, matrix, bytes: writeModelFile(model, cell.format) });
  }
  return all;
}

async function fit({ dialect, objective }: Cell, features: FeatureMatrix): Promise<FittedGradientBoosting> {
  const model = gradientBoosting({ dialect, objective, numIterations: 12, learningRate: 0.2, minDataInLeaf: 1 });
  const score = features.columns.map((column) => column.map((value) => (Number.isNaN(value) ? 1 : value)));
  const raw = Float64Array.from({ length: N_ROWS }, (_, row) => {
    const at = (column: number): number => score[column]?.[row] as number;
    return at(0) * at(1) + at(2) + (at(3) % 3) - 1;
  });
  const task = objective === 'binary' || objective === 'multiclass' ? objective : 'regression';
  const target = raw.map((value) => {
    if (task === 'binary') return Number(value > 0.5);
    if (task === 'multiclass') return Number(value > 0) + Number(value > 1);
    return objective === 'poisson' ? Math.floor(Math.abs(value) * 2) : value;
  });
  const nClasses = { binary: 2, multiclass: 3, regression: 1 }[task];
  return (await model.fit({ features, target, task, nClasses }, { seed: 1 })) as FittedGradientBoosting;
}

/** Numbers are of float32, so that XGBoost and CatBoost, which round them, compare the same ones. */
function makeMatrix({ data }: Cell): FeatureMatrix {
  const random = createRandom(7);
  const holes = data === 'missing' ? 0.2 : 0;
  const column = (make: () => number): Float64Array =>
    Float64Array.from({ length: N_ROWS }, () => (random.next() < holes ? Number.NaN : make()));
  const normal = (): number => Math.fround(random.normal());
  const level = (): number => (random.next() < 0.05 ? Number.NaN : Math.floor(random.next() * LEVELS.length));
  const columns = [
    column(normal),
    column(normal),
    column(normal),
    data === 'categorical' ? column(level) : column(normal),
  ];
  const features = ['a', 'b', 'c', 'd'].map((name, i) => {
    if (data === 'categorical' && i === 3) return { name, kind: 'categorical' as const, levels: LEVELS };
    return { name, kind: 'numeric' as const };
  });
  return { nRows: N_ROWS, features, columns };
}

function request({ cell, model, matrix, bytes }: Written): object {
  const rows = Array.from({ length: N_ROWS }, (_, row) =>
    matrix.columns.map((column, i) => {
      const value = column[row] as number;
      if (Number.isNaN(value)) return null;
      return matrix.features[i]?.levels?.[value] ?? value;
    }),
  );
  const { features, task } = model;
  return { format: cell.format, task, features, rows, model: Buffer.from(bytes).toString('base64') };
}

function rawScores(ensemble: TreeEnsemble, { columns, nRows }: FeatureMatrix): number[] {
  return Array.from({ length: nRows }, (_, row) => {
    const out = new Float64Array(ensemble.nOutputs);
    scoreRow(
      ensemble,
      columns.map((column) => column[row] as number),
      out,
    );
    return [...out];
  }).flat();
}

function largestDifference(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return expected.reduce(
    (most, value, i) => Math.max(most, Math.abs((found[i] as number) - value) / Math.max(1, Math.abs(value))),
    0,
  );
}
