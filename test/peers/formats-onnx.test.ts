// ONNX files written here, checked by onnx.checker and scored by onnxruntime.
import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/core/feature-spec.js';
import { linear } from '../../src/models/linear.js';
import { logistic } from '../../src/models/logistic.js';
import { readModelFile } from '../../src/models/read-model-file.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { writeOnnxFile } from '../../src/models/write-onnx-file.js';
import { sampleMatrix, sampleModel } from '../formats/sample-model.js';
import { recordCell } from './formats-record.js';
import { hasPython, runPython } from './run-python.js';

interface Scored {
  readonly error?: string;
  readonly outputs: readonly (readonly number[])[];
}

const TASKS: readonly Task[] = ['binary', 'multiclass', 'regression'];
const boosted = await Promise.all(
  TASKS.map(async (task) => ({ name: `lightgbm ${task}`, model: await sampleModel(task) })),
);
const imported = await Promise.all(
  boosted.map(async ({ name, model }) => {
    return { name: `imported xgboost, ${name}`, model: await readModelFile(writeModelFile(model, 'xgboost-ubj')) };
  }),
);
const dense = {
  nRows: 500,
  features: ['a', 'b'].map((name) => ({ name, kind: 'numeric' as const })),
  columns: sampleMatrix(500, 4)
    .columns.slice(0, 2)
    .map((column) => column.map((value) => value || 0)),
};
const fitted = await Promise.all(
  TASKS.map(async (task) => {
    const model = task === 'regression' ? linear() : logistic();
    const nClasses = { binary: 2, multiclass: 3, regression: 1 }[task];
    const target = Float64Array.from(dense.columns[0] as Float64Array, (value) => (value > 0 ? nClasses - 1 : 0));
    if (task === 'multiclass') target[0] = 1;
    return { name: `${model.kind} ${task}`, model: await model.fit({ features: dense, target, task, nClasses }) };
  }),
);
const CASES = [...boosted, ...imported, ...fitted].map((each) => {
  const matrix = each.model.features.length === 2 ? dense : { ...sampleMatrix(500, 5), features: each.model.features };
  return { ...each, matrix };
});
const answers = hasPython
  ? (runPython(
      'formats_onnx.py',
      CASES.map(({ model, matrix: { columns } }) => ({
        model: Buffer.from(writeOnnxFile(model)).toString('base64'),
        rows: Array.from({ length: 500 }, (_, row) => columns.map((column) => column[row])),
      })),
    ) as Scored[])
  : [];

describe.skipIf(!hasPython)('a model written as ONNX', () => {
  test.each(CASES.map((each, i) => ({ ...each, i })))(
    '$name scores in onnxruntime as here',
    ({ name, model, matrix, i }) => {
      const { error = '', outputs } = answers[i] as Scored;
      expect(error).toBe('');
      const own = model.predict(matrix);
      const theirs = outputs.flat();
      const worst = own.reduce((most, value, at) => {
        return Math.max(most, Math.abs(value - (theirs[at] as number)) / Math.max(1, Math.abs(value)));
      }, 0);
      recordCell('onnx', { library: 'onnxruntime', name, data: 'encoded rows' }, { outputs: worst });
      // XGBoost adds in float32, ONNX in float64.
      expect(worst).toBeLessThanOrEqual(name.startsWith('imported') ? 1e-6 : 1e-12);
    },
  );
});
