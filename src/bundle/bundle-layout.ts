/** Files of a model directory, by what they hold. The model's own files stand under `model/`, its plots under `plots/`, and, where
 * one alone gives the same scores, a file of LightGBM, XGBoost or CatBoost under `native/`. */
export const BUNDLE_LAYOUT = {
  mlmodel: 'MLmodel',
  schema: 'schema.json',
  pipeline: 'pipeline.json',
  golden: 'golden.json',
  inputExample: 'input_example.json',
  reference: 'reference.json',
  metrics: 'metrics.json',
  training: 'training.json',
  card: 'README.md',
  loader: 'code/tabwright_loader.py',
  requirements: 'requirements.txt',
  conda: 'conda.yaml',
  pythonEnv: 'python_env.yaml',
  servingExample: 'serving_input_example.json',
  nativeFolder: 'native/',
  modelFolder: 'model/',
  plotFolder: 'plots/',
} as const;
