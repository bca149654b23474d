// Models that Python logged to a real MLflow server, served in Node by models:/name@alias; and ours by their native flavor in Python.
import { describe, expect, it } from 'vitest';
import { mlflowRegistry } from '../../src/mlflow/mlflow-registry.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import type { PlainRow } from '../../src/schema/row-maker.js';
import { hasMlflow, runMlflowPython, useMlflow } from './mlflow-server.js';

interface Logged {
  readonly rows: readonly PlainRow[];
  readonly models: readonly { readonly name: string; readonly scores: readonly number[] }[];
}

describe.skipIf(!hasMlflow)("a model of Python's own MLflow", () => {
  const server = useMlflow();

  it('is served with the scores of mlflow.pyfunc, under its signature; a pickled one is refused', async () => {
    const { rows, models } = runMlflowPython('mlflow_foreign.py', server.uri) as Logged;
    const registry = mlflowRegistry({ uri: server.uri });
    for (const { name, scores } of models.slice(0, 2)) {
      const predictor = await createPredictor({ registry, model: `${name}@champion` });
      expect(predictor.spec.fields).toEqual([
        { name: 'age', type: 'number', nullable: true },
        { name: 'visits', type: 'integer', nullable: false },
        { name: 'spent', type: 'number', nullable: true },
      ]);
      const found = rows.map((row) => predictor.predictOne(row).score);
      const worst = found.reduce((most, score, i) => Math.max(most, Math.abs(score - (scores[i] as number))), 0);
      expect(worst, name).toBeLessThanOrEqual(name === 'from-xgboost' ? 0 : 1e-15);
      expect(() => predictor.predictOne({ ...rows[0], visits: 'many' })).toThrow(
        expect.objectContaining({ code: 'VALIDATION_FAILED' }),
      );
      expect(() => predictor.predictOne({ age: 3, spent: 1 })).toThrow(/visits/);
    }
    await expect(createPredictor({ registry, model: 'from-pickle@champion' })).rejects.toMatchObject({
      code: 'MODEL_FILE_UNSUPPORTED',
      message: expect.stringContaining("model.booster_.save_model('model.txt')"),
    });
  });
});
