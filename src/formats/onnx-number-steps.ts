// Steps that make one number of another as ONNX, all columns of a step as one matrix in float64.
import type { JsonFields } from '../transforms/json-fields.js';
import type { OnnxColumns } from './onnx-columns.js';
import type { OnnxSteps } from './onnx-step.js';
import { asNumbers, refusingStep, unsupportedStep, where } from './onnx-step.js';

export const ONNX_NUMBER_STEPS: OnnxSteps = {
  impute,
  standardScale: (columns, step) =>
    mapped(columns, step, (x, number) => scaled(columns, x, number('mean'), number('scale'))),
  robustScale: (columns, step) =>
    mapped(columns, step, (x, number) => scaled(columns, x, number('center'), number('scale'))),
  minMaxScale,
  powerTransform,
  logTransform,
  clip: bounded,
  winsorise: bounded,
  bin,
};

/** Gives a constant with one field of every column. */
type NumberOf = (key: string) => string;

/** Maps all columns of a step at once. */
function mapped(columns: OnnxColumns, step: JsonFields, map: (x: string, number: NumberOf) => string): void {
  const list = step.columns('columns');
  if (list.length === 0) return;
  const names = list.map((column) => column.text('name'));
  const number: NumberOf = (key) => columns.numbers(list.map((column) => column.number(key)));
  columns.setMatrix(names, map(columns.matrix(names), number));
}

function scaled(columns: OnnxColumns, x: string, center: string, scale: string): string {
  return columns.add('Div', [columns.add('Sub', [x, center]), scale]);
}

function impute(columns: OnnxColumns, step: JsonFields): void {
  const fills = step.columns('columns').map((column) => ({ name: column.text('name'), fill: column.scalar('fill') }));
  const numeric = fills.filter(({ fill }) => typeof fill === 'number');
  const names = numeric.map(({ name }) => name);
  if (numeric.length > 0) {
    const x = columns.matrix(names);
    const fill = columns.numbers(numeric.map((each) => Number(each.fill)));
    columns.setMatrix(names, where(columns, columns.add('IsNaN', [x]), fill, x));
  }
  for (const { name, fill } of fills) {
    if (typeof fill !== 'string') continue;
    const text = columns.text(name);
    if (text === undefined) throw unsupportedStep('impute', `column ${name} holds no strings`);
    columns.setText(name, { ...text, image: (each) => text.image(each) ?? fill });
  }
}

function minMaxScale(columns: OnnxColumns, step: JsonFields): void {
  const [low, high] = [step.number('low'), step.number('high')];
  mapped(columns, step, (x, number) => {
    const share = scaled(columns, x, number('min'), number('range'));
    const start = columns.numbers([low]);
    const moved = columns.add('Add', [columns.add('Mul', [share, columns.numbers([high - low])]), start]);
    return step.flag('clip') ? held(columns, moved, start, columns.numbers([high])) : moved;
  });
}

function bounded(columns: OnnxColumns, step: JsonFields): void {
  const list = step.columns('columns');
  if (list.length === 0) return;
  const names = list.map((column) => column.text('name'));
  const low = columns.numbers(list.map((column) => column.limit('min') ?? Number.NEGATIVE_INFINITY));
  const high = columns.numbers(list.map((column) => column.limit('max') ?? Number.POSITIVE_INFINITY));
  columns.setMatrix(names, held(columns, columns.matrix(names), low, high));
}

/** Held between bounds; NaN stays NaN. */
function held(columns: OnnxColumns, x: string, low: string, high: string): string {
  const above = where(columns, columns.add('Less', [x, low]), low, x);
  return where(columns, columns.add('Greater', [above, high]), high, above);
}

function logTransform(columns: OnnxColumns, step: JsonFields): void {
  if (step.choice('invalid', ['error', 'missing']) === 'error') throw refusingStep('logTransform');
  const names = step.names('columns');
  if (names.length === 0) return;
  const unit = { e: 1, 2: Math.LN2, 10: Math.LN10 }[step.choice('base', ['e', '2', '10'])];
  const moved = columns.add('Add', [columns.matrix(names), columns.numbers([step.number('offset')])]);
  const log = columns.add('Div', [columns.add('Log', [moved]), columns.numbers([unit])]);
  const isValid = columns.add('Greater', [moved, columns.numbers([0])]);
  columns.setMatrix(names, where(columns, isValid, log, columns.numbers([Number.NaN])));
}

/** Yeo and Johnson's. expm1(u) is tanh(u / 2) * (exp(u) + 1), which loses nothing near 0. */
function powerTransform(columns: OnnxColumns, step: JsonFields): void {
  if (step.choice('method', ['yeoJohnson', 'boxCox']) === 'boxCox') throw refusingStep('powerTransform');
  const { add, numbers } = columns;
  mapped(columns, step, (x, number) => {
    const isAbove = add('GreaterOrEqual', [x, numbers([0])]);
    const lambda = number('lambda');
    const power = where(columns, isAbove, lambda, add('Sub', [numbers([2]), lambda]));
    const log = add('Log', [add('Add', [add('Abs', [x]), numbers([1])])]);
    const exponent = add('Mul', [power, log]);
    const half = add('Tanh', [add('Div', [exponent, numbers([2])])]);
    const grown = add('Mul', [half, add('Add', [add('Exp', [exponent]), numbers([1])])]);
    const isLog = add('Less', [add('Abs', [power]), numbers([Number.EPSILON])]);
    const size = where(columns, isLog, log, add('Div', [grown, power]));
    return scaled(columns, where(columns, isAbove, size, add('Neg', [size])), number('mean'), number('scale'));
  });
}

function bin(columns: OnnxColumns, step: JsonFields): void {
  for (const column of step.columns('columns')) {
    const name = column.text('name');
    const x = columns.matrix([name]);
    const edges = column.numbers('edges');
    const bins = edges.length === 0 ? columns.numbers([0]) : edgesBelow(columns, x, edges);
    columns.setMatrix([name], where(columns, columns.add('IsNaN', [x]), x, bins));
  }
}

function edgesBelow(columns: OnnxColumns, x: string, edges: readonly number[]): string {
  const reached = columns.add('GreaterOrEqual', [x, columns.numbers(edges)]);
  return columns.add('ReduceSum', [asNumbers(columns, reached), columns.positions([1])]);
}
