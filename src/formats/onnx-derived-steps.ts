// Steps that make new numbers of one column or two as ONNX.

import { isPair } from '../transforms/fitted-ratio.js';
import type { JsonFields } from '../transforms/json-fields.js';
import type { OnnxColumns } from './onnx-columns.js';
import type { OnnxSteps } from './onnx-step.js';
import { where } from './onnx-step.js';

export const ONNX_DERIVED_STEPS: OnnxSteps = { ratio, interactions, cyclical, recency };

const UNIT_MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 } as const;

function ratio(columns: OnnxColumns, step: JsonFields, outputs: readonly string[]): void {
  const pairs = step.list('pairs').filter(isPair);
  if (pairs.length === 0) return;
  const { add, numbers } = columns;
  const above = columns.matrix(pairs.map(([numerator]) => numerator));
  const below = columns.matrix(pairs.map(([, denominator]) => denominator));
  const isZero = add('And', [add('Equal', [below, numbers([0])]), add('Not', [add('IsNaN', [above])])]);
  const ofZero = numbers([step.limit('whenZero') ?? Number.NaN]);
  columns.setMatrix(outputs, where(columns, isZero, ofZero, add('Div', [above, below])));
}

function interactions(columns: OnnxColumns, step: JsonFields, outputs: readonly string[]): void {
  const names = step.names('columns');
  const from = step.flag('squares') ? 0 : 1;
  const pairs = names.flatMap((first, i) => names.slice(i + from).map((second) => ({ first, second })));
  if (pairs.length === 0) return;
  const [first, second] = [pairs.map((pair) => pair.first), pairs.map((pair) => pair.second)];
  columns.setMatrix(outputs, columns.add('Mul', [columns.matrix(first), columns.matrix(second)]));
}

/** Outputs come as the sine and the cosine of each column in turn. */
function cyclical(columns: OnnxColumns, step: JsonFields, outputs: readonly string[]): void {
  const list = step.columns('columns');
  if (list.length === 0) return;
  const { add, numbers } = columns;
  const x = columns.matrix(list.map((column) => column.text('name')));
  const round = add('Mul', [numbers([2 * Math.PI]), x]);
  const angle = add('Div', [round, numbers(list.map((column) => column.number('period')))]);
  for (const [i, op] of ['Sin', 'Cos'].entries()) {
    const names = outputs.filter((_, at) => at % 2 === i);
    columns.setMatrix(names, add(op, [angle]));
  }
}

function recency(columns: OnnxColumns, step: JsonFields, outputs: readonly string[]): void {
  const names = step.names('columns');
  if (names.length === 0) return;
  const until = step.scalar('until');
  const end = typeof until === 'string' ? columns.matrix([until]) : columns.numbers([Number(until)]);
  const ms = UNIT_MS[step.choice('unit', ['days', 'hours', 'minutes', 'seconds'])];
  const since = columns.add('Sub', [end, columns.matrix(names)]);
  columns.setMatrix(outputs, columns.add('Div', [since, columns.numbers([ms])]));
}
