// What the example apps mount: a registry in a folder, a recipe that trains on a CSV file, and the model that it made.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiKeys, createPredictor, createTrainer, csv, fileRegistry } from 'tabwright';

const VISITS = fileURLToPath(new URL('visits.csv', import.meta.url));

/**
 * @param {string} folder Keeps models, profiles and jobs.
 * @param {string} key Who calls with it (x-api-key, 16 characters or more) may predict, profile and train.
 */
export async function machineLearning(folder, key) {
  const registry = fileRegistry(join(folder, 'models'));
  const trainer = createTrainer({ registry });
  const returns = ({ l2 = 1 }) => ({
    name: 'returns',
    data: csv(VISITS),
    target: { column: 'returned', task: 'binary', positive: 1 },
    model: 'logistic',
    params: { l2 },
    validation: { folds: 3, stratified: true },
  });
  if (!(await registry.list()).includes('returns')) await trainer.train(returns({}));
  return {
    predictors: { returns: await createPredictor({ registry, model: 'returns@champion' }) },
    trainer,
    recipes: { returns },
    artifacts: join(folder, 'artifacts'),
    auth: apiKeys([{ name: 'example', key, scopes: ['predict', 'admin'] }]),
  };
}
