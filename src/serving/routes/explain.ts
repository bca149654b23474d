import { explainOptions } from '../../core/explain-options.js';
import type { ExplainOptions } from '../../core/predictor.js';
import { oneRow } from '../one-row.js';
import type { PredictContext } from '../predict-context.js';
import { predictOrRefuse } from '../predict-context.js';
import { explainedJson, explainedSchema } from '../prediction-json.js';
import type { RouteDeclaration } from '../route.js';

/** `POST /explain` and `POST /explain/:model`: one row in, its prediction with its reasons out. */
export function explainRoutes(context: PredictContext): RouteDeclaration[] {
  const { models, options, metrics, observer, generatePredictionId } = context;
  const shared = {
    method: 'POST',
    scope: 'predict',
    summary: 'Scores one row, and says what each feature adds to the score.',
    query: explainOptions,
    body: { kind: 'decoded', limitBytes: options.bodyLimitBytes, mediaTypes: ['application/json'] },
    describe: ({ row, prediction }) => ({
      body: { 'application/json': row },
      answer: { 'application/json': explainedSchema(prediction) },
    }),
    handle({ params, body, query }) {
      const { name, predictor } = models.find(params.model);
      const sent = oneRow(body);
      const explained = predictOrRefuse(context, name, () => predictor.explain(sent, query as ExplainOptions));
      const id = generatePredictionId();
      metrics.predicted(name, 1);
      observer?.predicted(name, id, sent, explained);
      return { mediaType: 'application/json', body: explainedJson(id, explained) };
    },
  } satisfies Partial<RouteDeclaration>;
  return [
    { ...shared, operation: 'explain', path: '/explain', model: 'default' },
    { ...shared, operation: 'explainModel', path: '/explain/:model', model: 'named' },
  ];
}
