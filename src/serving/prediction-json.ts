// Predictions as JSON: always the same members in the same order, whatever else a predictor's objects carry.
import type { Label } from '../core/cell.js';
import type { FeatureSpec, Task } from '../core/feature-spec.js';
import type { Json, JsonObject } from '../core/json.js';
import type { ExplainedPrediction, Prediction } from '../core/predictor.js';

const explanation: JsonObject = {
  type: 'object',
  description: 'Base, contributions and others sum to raw.',
  properties: {
    raw: { type: 'number', description: 'Score before the link: log-odds, for example.' },
    base: { type: 'number', description: 'Mean raw score over the training rows.' },
    contributions: {
      type: 'array',
      items: {
        type: 'object',
        properties: { feature: { type: 'string' }, contribution: { type: 'number' } },
        required: ['feature', 'contribution'],
      },
    },
    others: { type: 'number', description: 'Sum of the contributions that are not listed.' },
  },
  required: ['raw', 'base', 'contributions', 'others'],
};

/** One prediction as JSON text. */
export function predictionJson(id: string, { score, label, version, model, probabilities }: Prediction): string {
  const more = probabilities === undefined ? '' : `,"probabilities":${JSON.stringify(probabilities)}`;
  return `{"id":${JSON.stringify(id)},"score":${JSON.stringify(score)},"label":${JSON.stringify(label)},"version":${version},"model":${JSON.stringify(model)}${more}}`;
}

/** One prediction with its reasons as JSON text. */
export function explainedJson(id: string, explained: ExplainedPrediction): string {
  const { raw, base, contributions, others } = explained.explanation;
  const text = JSON.stringify({ raw, base, contributions, others });
  return `${predictionJson(id, explained).slice(0, -1)},"explanation":${text}}`;
}

/** JSON Schema of what answers a row of a batch. */
export function batchItemSchema(prediction: JsonObject): JsonObject {
  const refused = {
    type: 'object',
    description: 'A row that has no score, where errors=rows.',
    properties: {
      row: { type: 'integer', minimum: 0, description: 'Its position, from 0.' },
      problems: { type: 'array', items: { type: 'object' } },
    },
    required: ['row', 'problems'],
  };
  return { anyOf: [prediction, refused] };
}

/** JSON Schema of predictions with their reasons. */
export function explainedSchema(prediction: JsonObject): JsonObject {
  return { allOf: [prediction, { type: 'object', properties: { explanation }, required: ['explanation'] }] };
}

/** JSON Schema of the predictions of a model with these features. */
export function predictionSchema({ target }: FeatureSpec): JsonObject {
  const classes = target?.classes ?? [];
  return {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Of this prediction: its true label comes back by it.' },
      score: { type: 'number', description: scoreText(target?.task) },
      label: { description: 'The predicted class; null for regression.', ...labelSchema(target?.task, classes) },
      version: { type: 'integer', minimum: 1, description: 'Version of the model that answered.' },
      model: { type: 'string', description: 'Name of the model in its registry.' },
      ...(target?.task === 'multiclass' ? { probabilities: probabilitiesSchema(classes) } : {}),
    },
    required: ['id', 'score', 'label', 'version', 'model', ...(target?.task === 'multiclass' ? ['probabilities'] : [])],
  };
}

function scoreText(task: Task | undefined): string {
  if (task === 'regression') return 'The predicted value.';
  return task === 'multiclass' ? 'Probability of the label.' : 'Probability of the positive class.';
}

function labelSchema(task: Task | undefined, classes: readonly Label[]): JsonObject {
  if (task === 'regression') return { type: 'null' };
  return classes.length === 0 ? { type: ['string', 'number', 'boolean', 'null'] } : { enum: [...classes] };
}

function probabilitiesSchema(classes: readonly Label[]): JsonObject {
  const properties = Object.fromEntries(classes.map((label): [string, Json] => [String(label), { type: 'number' }]));
  return { type: 'object', properties, additionalProperties: { type: 'number' } };
}
