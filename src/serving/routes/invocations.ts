// MLflow's scoring protocol, as `mlflow models serve` speaks it: https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally
import type { FeatureSpec } from '../../core/feature-spec.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import type { JsonObject } from '../../core/json.js';
import type { Prediction, Predictor } from '../../core/predictor.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { VERSION } from '../../core/version.js';
import { withColumns } from '../../table/with-columns.js';
import type { PredictContext } from '../predict-context.js';
import { mlflowFrame } from '../protocols/mlflow-frame.js';
import { mlflowRefusal } from '../protocols/mlflow-refusal.js';
import type { GivenRows } from '../protocols/score-rows.js';
import { scoreRows } from '../protocols/score-rows.js';
import type { DecodedBody, HandlerRequest, HandlerResponse, RouteDeclaration } from '../route.js';

/** `POST /invocations`, `GET /ping` and `GET /version`: the default model, for clients of an MLflow scoring server. */
export function invocationsRoutes(context: PredictContext, isReady: () => boolean): RouteDeclaration[] {
  const { models, options, generatePredictionId } = context;

  async function score({ body }: HandlerRequest): Promise<HandlerResponse> {
    const model = models.find(undefined);
    const { spec } = model.predictor;
    const given = await givenRows(body as DecodedBody, model.predictor);
    const predictions = await scoreRows(context, model, given, generatePredictionId());
    const texts = predictions.map((prediction) => predictionText(prediction, spec));
    return { mediaType: 'application/json', body: `{"predictions": [${texts.join(', ')}]}` };
  }

  const open = {
    method: 'GET',
    scope: 'open',
    model: 'none',
    refusal: mlflowRefusal,
    describe: () => ({ answer: { 'text/plain': { type: 'string' } } }),
  } satisfies Partial<RouteDeclaration>;
  return [
    {
      operation: 'invocations',
      method: 'POST',
      path: '/invocations',
      scope: 'predict',
      model: 'default',
      summary: "Scores rows in MLflow's scoring protocol.",
      body: {
        kind: 'decoded',
        limitBytes: options.batchBodyLimitBytes,
        mediaTypes: ['application/json', 'text/csv'],
        allowsNaN: true,
      },
      refusal: mlflowRefusal,
      describe: ({ row }) => ({
        body: { 'application/json': bodySchema(row), 'text/csv': { type: 'string' } },
        answer: { 'application/json': answerSchema },
      }),
      handle: score,
    },
    {
      ...open,
      operation: 'ping',
      path: '/ping',
      summary: 'Whether the server is ready, for platforms that host MLflow models.',
      handle() {
        if (models.fallback !== undefined && isReady()) return { mediaType: 'text/plain', body: '\n' };
        throw new TabwrightError('NOT_READY', 'the server has no default model, or the host says that it is not ready');
      },
    },
    {
      ...open,
      operation: 'version',
      path: '/version',
      summary: 'The version of this library.',
      handle: () => ({ mediaType: 'text/plain', body: VERSION }),
    },
  ];
}

async function givenRows(body: DecodedBody, { spec }: Predictor): Promise<GivenRows> {
  if (body.mediaType === 'application/json') {
    const { columns, rows } = mlflowFrame(body.value);
    checkColumns(columns, spec);
    return { rows };
  }
  const { parseCsv } = await import('../../loaders/csv/parse-csv.js');
  const types = Object.fromEntries(spec.fields.map(({ name, type }) => [name, type]));
  try {
    const table = parseCsv(body.bytes, { types, name: 'body' });
    const columns = new Set(table.columnNames());
    checkColumns(columns, spec);
    const missing = new Float64Array(table.numRows()).fill(Number.NaN);
    const absent = spec.fields.filter(({ name }) => !columns.has(name));
    return {
      table: withColumns(
        table,
        absent.map(({ name }) => [name, missing]),
      ),
    };
  } catch (error) {
    // A header alone is a frame of no rows.
    if (isTabwrightError(error) && error.code === 'DATA_EMPTY' && body.bytes.length > 0) return { rows: [] };
    throw error;
  }
}

/** @throws COLUMN_MISSING where a column that no row may lack is in none */
function checkColumns(columns: ReadonlySet<string>, { fields }: FeatureSpec): void {
  const missing = fields.filter(({ name, nullable }) => !nullable && !columns.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw new TabwrightError('COLUMN_MISSING', `the model is missing inputs: ${missing.join(', ')}`);
}

/** A row of the data frame that the model gives in Python. */
function predictionText({ score, label, probabilities }: Prediction, { target }: FeatureSpec): string {
  if (target?.task === 'regression') return JSON.stringify({ score });
  const classes = target?.task === 'multiclass' ? (target.classes ?? []).map(String) : [];
  const each = classes.map((name): [string, number | null] => [`probability_${name}`, probabilities?.[name] ?? null]);
  return JSON.stringify({ score, label: String(label), ...Object.fromEntries(each) });
}

const answerSchema: JsonObject = {
  type: 'object',
  properties: {
    predictions: {
      type: 'array',
      items: {
        type: 'object',
        properties: { score: { type: 'number' }, label: { type: 'string' } },
        required: ['score'],
        additionalProperties: { type: 'number' },
      },
    },
  },
  required: ['predictions'],
};

function bodySchema(row: JsonObject): JsonObject {
  const list: JsonObject = { type: 'array', items: row };
  const columns: JsonObject = { type: 'object', description: 'One list a column.' };
  const split: JsonObject = {
    type: 'object',
    properties: {
      columns: { type: 'array', items: { type: 'string' } },
      data: { type: 'array', items: { type: 'array' } },
      index: { type: 'array' },
    },
    required: ['columns', 'data'],
    additionalProperties: false,
  };
  const forms: [string, JsonObject][] = [
    ['dataframe_split', split],
    ['dataframe_records', list],
    ['instances', { anyOf: [list, columns] }],
    ['inputs', { anyOf: [list, columns] }],
  ];
  return {
    oneOf: forms.map(([name, schema]) => ({
      type: 'object',
      properties: { [name]: schema, params: { description: 'Not looked at: these models take none.' } },
      required: [name],
    })),
  };
}
