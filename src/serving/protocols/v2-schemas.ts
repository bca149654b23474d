// JSON Schemas of the Open Inference Protocol: https://github.com/open-inference/open-inference-protocol
import type { JsonObject } from '../../core/json.js';

const text: JsonObject = { type: 'string' };
const parameters: JsonObject = { type: 'object' };
const shape: JsonObject = { type: 'array', items: { type: 'integer' }, minItems: 1 };
const NUMBERS = ['UINT8', 'UINT16', 'UINT32', 'UINT64', 'INT8', 'INT16', 'INT32', 'INT64', 'FP16', 'FP32', 'FP64'];
const datatype: JsonObject = { enum: ['BOOL', 'BYTES', ...NUMBERS] };

function object(properties: JsonObject, required: string[]): JsonObject {
  return { type: 'object', properties, required };
}

const tensor = object({ name: text, shape, datatype, parameters, data: { type: 'array' } }, [
  'name',
  'shape',
  'datatype',
  'data',
]);
const described = object({ name: text, shape, datatype, parameters }, ['name', 'shape', 'datatype']);

/** What is sent and answered, by name. */
export const V2_SCHEMAS = {
  request: object(
    {
      id: text,
      parameters,
      inputs: { type: 'array', items: tensor, minItems: 1 },
      outputs: { type: 'array', items: object({ name: text }, ['name']) },
    },
    ['inputs'],
  ),
  answer: object(
    { model_name: text, model_version: text, id: text, parameters, outputs: { type: 'array', items: tensor } },
    ['model_name', 'model_version', 'id', 'outputs'],
  ),
  model: object(
    {
      name: text,
      versions: { type: 'array', items: text },
      platform: text,
      inputs: { type: 'array', items: described },
      outputs: { type: 'array', items: described },
      parameters,
    },
    ['name', 'versions', 'platform', 'inputs', 'outputs'],
  ),
  server: object({ name: text, version: text, extensions: { type: 'array', items: text } }, [
    'name',
    'version',
    'extensions',
  ]),
  live: object({ live: { const: true } }, ['live']),
  ready: object({ ready: { const: true } }, ['ready']),
  modelReady: object({ name: text, ready: { const: true } }, ['name', 'ready']),
} as const satisfies Record<string, JsonObject>;
