// One process of the cold-start benchmark: `node cold-start.mjs FOLDER MODEL` loads a model and scores one row.
import { readFileSync } from 'node:fs';
import { createPredictor, fileRegistry } from '../../dist/predict.js';

const [folder, model] = process.argv.slice(2);
const predictor = await createPredictor({ registry: fileRegistry(`${folder}/models`), model });
console.log(predictor.predictOne(JSON.parse(readFileSync(`${folder}/row.json`, 'utf8'))).score);
