// Requests in the Open Inference Protocol, with how the real MLServer and this one must agree.

/** How the two agree. */
export type V2Agreement =
  /** Status and the whole answer. */
  | 'same'
  /** MLServer fails or answers by chance; here a request that is not of the model is refused with 400. */
  | 'refused here'
  /** MLServer fails, or gives every output whatever is asked for. */
  | 'answered here'
  /** Both refuse, MLServer with the status of its framework, 422. */
  | 'refused by both';

export interface V2Case {
  readonly name: string;
  readonly body: string;
  readonly agreement: V2Agreement;
}

const parameters = { content_type: 'pd' };
const tensor = (name: string, datatype: string, data: unknown, shape: readonly number[] = [2, 1]) => ({
  name,
  datatype,
  shape,
  data,
});
const age = tensor('age', 'FP64', [31, 40]);
const visits = tensor('visits', 'INT64', [12, 3]);
const plan = { ...tensor('plan', 'BYTES', ['pro', 'free']), parameters: { content_type: 'str' } };
const active = tensor('active', 'BOOL', [true, false]);
const all = [age, visits, plan, active];
const json = (name: string, value: unknown, agreement: V2Agreement = 'same'): V2Case => ({
  name,
  body: JSON.stringify(value),
  agreement,
});
const inputs = (name: string, value: unknown, agreement: V2Agreement = 'same') =>
  json(name, { id: 'an id', parameters, inputs: value }, agreement);

export const V2_CASES: readonly V2Case[] = [
  inputs('a tensor a column', all),
  json('no parameters', { id: 'an id', inputs: all }),
  inputs(
    'tensors of shape [rows]',
    all.map((each) => ({ ...each, shape: [2] })),
  ),
  inputs('nested data', [tensor('age', 'FP64', [[31], [40]]), visits, plan, active]),
  inputs('text without a content type', [age, visits, tensor('plan', 'BYTES', ['pro', 'free']), active]),
  inputs('numbers of another width', [tensor('age', 'FP32', [31, 40]), visits, plan, active]),
  inputs('a missing number', [tensor('age', 'FP64', [null, 3]), visits, plan, active]),
  inputs('a missing text', [age, visits, { ...plan, data: [null, 'pro'] }, active]),
  inputs('no tensor for what may be missing', [visits, active]),
  inputs('a tensor that the model does not have', [...all, tensor('other', 'FP64', [1, 2])]),
  inputs('one row', [
    tensor('age', 'FP64', [31], [1, 1]),
    tensor('visits', 'INT64', [12], [1, 1]),
    { ...plan, data: ['team'], shape: [1, 1] },
    tensor('active', 'BOOL', [true], [1, 1]),
  ]),
  inputs('integers for a float', [tensor('age', 'INT64', [31, 40]), visits, plan, active], 'answered here'),
  inputs('floats for an integer', [age, tensor('visits', 'FP64', [12, 3]), plan, active], 'answered here'),
  json('one of the outputs', { id: 'an id', parameters, inputs: all, outputs: [{ name: 'score' }] }, 'answered here'),
  json('an output that is none', { parameters, inputs: all, outputs: [{ name: 'other' }] }, 'refused here'),
  inputs('a missing value that is required', [age, tensor('visits', 'INT64', [null, 3]), plan, active], 'refused here'),
  inputs('no tensor for what is required', [age, plan, active], 'refused here'),
  inputs('tensors of several lengths', [tensor('age', 'FP64', [3], [1, 1]), visits, plan, active], 'refused here'),
  inputs(
    'data of another size than the shape',
    [tensor('age', 'FP64', [3, 4], [3, 1]), visits, plan, active],
    'refused here',
  ),
  inputs('text for numbers', [age, tensor('visits', 'INT64', ['hunter2', 'b']), plan, active], 'refused here'),
  inputs('a number below its bound', [age, tensor('visits', 'INT64', [-1, 3]), plan, active], 'refused here'),
  inputs('a tensor twice', [...all, age], 'refused here'),
  inputs('no tensor', [], 'refused here'),
  inputs('a datatype that is none', [tensor('age', 'FOO', [1, 2]), visits, plan, active], 'refused by both'),
  json('no inputs', { parameters }, 'refused by both'),
  inputs('no shape', [{ name: 'age', datatype: 'FP64', data: [1] }], 'refused by both'),
  json('a list', [1], 'refused by both'),
  { name: 'broken JSON', body: '{"inputs":', agreement: 'refused by both' },
];
