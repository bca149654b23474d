/** Files of a model directory, by what they hold. The model's own files stand under `model/`, its plots under `plots/`. */
export const BUNDLE_LAYOUT = {
  mlmodel: 'MLmodel',
  schema: 'schema.json',
  pipeline: 'pipeline.json',
  golden: 'golden.json',
  inputExample: 'input_example.json',
  metrics: 'metrics.json',
  training: 'training.json',
  card: 'README.md',
  modelFolder: 'model/',
  plotFolder: 'plots/',
} as const;
