// The Open Inference Protocol (V2) over JSON, as KServe, Triton and MLServer speak it.
import type { JsonObject } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import { VERSION } from '../../core/version.js';
import type { PredictContext } from '../predict-context.js';
import { scoreRows } from '../protocols/score-rows.js';
import { v2Rows } from '../protocols/v2-inputs.js';
import { inputMetadata, outputMetadata, outputTensors } from '../protocols/v2-outputs.js';
import { v2Refusal } from '../protocols/v2-refusal.js';
import { V2_SCHEMAS } from '../protocols/v2-schemas.js';
import type { HandlerRequest, HandlerResponse, RouteDeclaration } from '../route.js';
import type { ServedModel, ServedModels } from '../served-models.js';

type RequestMembers = Readonly<Record<string, unknown>>;

const PLATFORM = 'tabwright';
/** A request is one data frame, a tensor a column, as MLServer's pandas codec has it. */
const PANDAS = { content_type: 'pd' };

/** `/v2`: the server, every model, and every model by the number of the version that it serves. */
export function openInferenceRoutes(context: PredictContext, isReady: () => boolean): RouteDeclaration[] {
  const whenReady: WhenReady = (body) => {
    if (context.models.all.length > 0 && isReady()) return json(body);
    throw new TabwrightError('NOT_READY', 'the server has no model, or the host says that it is not ready');
  };
  return [
    ...serverRoutes(whenReady),
    ...modelRoutes(context, whenReady, '/v2/models/:model', ''),
    ...modelRoutes(context, whenReady, '/v2/models/:model/versions/:version', 'Version'),
  ];
}

type WhenReady = (body: object) => HandlerResponse;

const OPEN = { method: 'GET', scope: 'open', model: 'none', refusal: v2Refusal } satisfies Partial<RouteDeclaration>;

function serverRoutes(whenReady: WhenReady): RouteDeclaration[] {
  return [
    {
      ...OPEN,
      operation: 'v2Server',
      path: '/v2',
      scope: 'predict',
      summary: 'What this server is, by the Open Inference Protocol.',
      describe: answering(V2_SCHEMAS.server),
      handle: () => json({ name: PLATFORM, version: VERSION, extensions: [] }),
    },
    {
      ...OPEN,
      operation: 'v2Live',
      path: '/v2/health/live',
      summary: 'Whether the process answers.',
      describe: answering(V2_SCHEMAS.live),
      handle: () => json({ live: true }),
    },
    {
      ...OPEN,
      operation: 'v2Ready',
      path: '/v2/health/ready',
      summary: 'Whether the server wants traffic.',
      describe: answering(V2_SCHEMAS.ready),
      handle: () => whenReady({ ready: true }),
    },
  ];
}

function modelRoutes(context: PredictContext, whenReady: WhenReady, path: string, suffix: string): RouteDeclaration[] {
  const { models, options } = context;
  const named = { ...OPEN, model: 'named' } as const;
  return [
    {
      ...named,
      operation: `v2Model${suffix}`,
      path,
      scope: 'predict',
      summary: 'The tensors of a model.',
      describe: answering(V2_SCHEMAS.model),
      handle: (request) => json(modelMetadata(modelOf(models, request))),
    },
    {
      ...named,
      operation: `v2ModelReady${suffix}`,
      path: `${path}/ready`,
      summary: 'Whether a model answers.',
      describe: answering(V2_SCHEMAS.modelReady),
      handle: (request) => whenReady({ name: modelOf(models, request).name, ready: true }),
    },
    {
      ...named,
      operation: `v2Infer${suffix}`,
      method: 'POST',
      path: `${path}/infer`,
      scope: 'predict',
      summary: 'Scores rows in the Open Inference Protocol.',
      body: { kind: 'decoded', limitBytes: options.batchBodyLimitBytes, mediaTypes: ['application/json'] },
      describe: () => ({
        body: { 'application/json': V2_SCHEMAS.request },
        answer: { 'application/json': V2_SCHEMAS.answer },
      }),
      handle: (request) => infer(context, modelOf(models, request), membersOf(request)),
    },
  ];
}

async function infer(context: PredictContext, model: ServedModel, members: RequestMembers): Promise<HandlerResponse> {
  const { spec, current } = model.predictor;
  const { id = context.generatePredictionId(), inputs, outputs } = members;
  if (typeof id !== 'string') throw new TabwrightError('REQUEST_INVALID', `id must be a string, got ${valueKind(id)}`);
  const wanted = namesOf(outputs);
  const predictions = await scoreRows(context, model, { rows: v2Rows(inputs, spec) }, id);
  const version = predictions[0]?.version ?? current.version;
  return json({
    model_name: model.name,
    model_version: String(version),
    id,
    parameters: PANDAS,
    outputs: outputTensors(predictions, spec, wanted),
  });
}

/** @throws MODEL_NOT_FOUND, also where another version is asked for than the one that serves */
function modelOf(models: ServedModels, { params }: HandlerRequest): ServedModel {
  const model = models.find(params.model);
  const serves = String(model.predictor.current.version);
  if (params.version === undefined || params.version === serves) return model;
  throw new TabwrightError('MODEL_NOT_FOUND', `model ${model.name} does not serve that version`);
}

function modelMetadata({ name, predictor: { spec, current } }: ServedModel): object {
  return {
    name,
    versions: [String(current.version)],
    platform: PLATFORM,
    inputs: inputMetadata(spec),
    outputs: outputMetadata(spec),
    parameters: PANDAS,
  };
}

function membersOf({ body }: HandlerRequest): RequestMembers {
  const value = body?.mediaType === 'application/json' ? body.value : undefined;
  if (valueKind(value) === 'object') return value as RequestMembers;
  throw new TabwrightError('REQUEST_INVALID', `the body must be a JSON object, got ${valueKind(value)}`);
}

/** The names of the outputs that a request asks for. */
function namesOf(outputs: unknown): unknown[] | undefined {
  if (outputs === undefined || outputs === null) return undefined;
  if (Array.isArray(outputs)) return outputs.map((output) => (valueKind(output) === 'object' ? output.name : output));
  throw new TabwrightError('REQUEST_INVALID', `outputs must be a list, got ${valueKind(outputs)}`);
}

function answering(schema: JsonObject): RouteDeclaration['describe'] {
  return () => ({ answer: { 'application/json': schema } });
}

function json(body: object): HandlerResponse {
  return { mediaType: 'application/json', headers: { 'cache-control': 'no-store' }, body: JSON.stringify(body) };
}
