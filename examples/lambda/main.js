// A function that has a route of its own, and answers predictions, profiles and trainings under /ml.
import tabwright from 'tabwright/lambda';
import { machineLearning } from '../machine-learning.js';

const { DATA = '/tmp/data', ML_KEY } = process.env;
const answerMl = tabwright({ basePath: '/ml', ...(await machineLearning(DATA, ML_KEY)) });

/** Takes events of API Gateway (payload 2.0) and function URLs. */
export async function handler(event, context) {
  const [, id] = /^\/customers\/([^/]+)$/.exec(event.rawPath) ?? [];
  if (id === undefined) return answerMl(event, context);
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, plan: 'pro', visits: 12 }),
  };
}
