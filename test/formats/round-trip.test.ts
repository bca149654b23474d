import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/core/feature-spec.js';
import { MODEL_FILE_FORMATS } from '../../src/formats/model-file-format.js';
import { readModel } from '../../src/models/read-model.js';
import { readModelFile } from '../../src/models/read-model-file.js';
import { writeModelFile } from '../../src/models/write-model-file.js';
import { LEVELS, sampleMatrix, sampleModel } from './sample-model.js';

const TASKS: readonly Task[] = ['binary', 'multiclass', 'regression'];
/** XGBoost adds float32 numbers. */
const FLOAT32_SUMS = 2e-6;

describe.each(TASKS)('a %s model', (task) => {
  test.each(MODEL_FILE_FORMATS)('written as %s and read again scores the same', async (format) => {
    const model = await sampleModel(task);
    const matrix = sampleMatrix(500, 2);
    const again = await readModelFile(writeModelFile(model, format));
    // The files of XGBoost hold no names of categories, those of CatBoost none of which feature they are.
    const { features } = again;
    const scores = again.predict({ ...matrix, features, columns: byName(matrix.columns, features[2]?.levels) });
    const own = model.predict(matrix);
    const worst = own.reduce((most, value, i) => Math.max(most, Math.abs(value - (scores[i] as number))), 0);
    expect(worst).toBeLessThanOrEqual(format.startsWith('xgboost') ? FLOAT32_SUMS : 1e-15);
    expect(again.task).toBe(task);
  });

  test.each(MODEL_FILE_FORMATS)(
    'read from %s stays the same bits as files of its own, and when written again',
    async (format) => {
      const first = await readModelFile(writeModelFile(await sampleModel(task), format));
      const { features } = first;
      const matrix = { ...sampleMatrix(300, 3), features };
      const scores = first.predict(matrix);
      expect(readModel(first.kind, first.toFiles()).predict(matrix)).toEqual(scores);
      expect((await readModelFile(writeModelFile(first, format))).predict(matrix)).toEqual(scores);
      const row = new Float64Array(first.nOutputs);
      first.predictRow(
        Float64Array.from(matrix.columns, (column) => column[7] as number),
        row,
      );
      expect(row).toEqual(scores.slice(7 * row.length, 8 * row.length));
    },
  );
});

function byName<C extends Float64Array | Float32Array>(
  columns: readonly C[],
  levels?: readonly string[],
): readonly C[] {
  if (levels === undefined) return columns;
  return columns.map((column, i) => {
    if (i < 2) return column;
    return column.map((level) => (Number.isNaN(level) ? level : levels.indexOf(LEVELS[level] as string))) as C;
  });
}
