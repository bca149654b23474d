import { oneRow } from '../one-row.js';
import type { PredictContext } from '../predict-context.js';
import { predictOrRefuse } from '../predict-context.js';
import { predictionJson } from '../prediction-json.js';
import type { RouteDeclaration } from '../route.js';

/** `POST /predict` and `POST /predict/:model`: one row in, one prediction out. */
export function predictRoutes(context: PredictContext): RouteDeclaration[] {
  const { models, options, metrics, observer, generatePredictionId } = context;
  const shared = {
    method: 'POST',
    scope: 'predict',
    summary: 'Scores one row.',
    body: { kind: 'decoded', limitBytes: options.bodyLimitBytes, mediaTypes: ['application/json'] },
    describe: ({ row, prediction }) => ({
      body: { 'application/json': row },
      answer: { 'application/json': prediction },
    }),
    handle({ params, body }) {
      const { name, predictor } = models.find(params.model);
      const sent = oneRow(body);
      const prediction = predictOrRefuse(context, name, () => predictor.predictOne(sent));
      const id = generatePredictionId();
      metrics.predicted(name, 1);
      observer?.predicted(name, id, sent, prediction);
      return { mediaType: 'application/json', body: predictionJson(id, prediction) };
    },
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'predict', path: '/predict', model: 'default' },
    { ...shared, operation: 'predictModel', path: '/predict/:model', model: 'named' },
  ];
}
