// Steps that make numbers of a text: one function for the table path, once a distinct text, and for the row path.
import type { Cell } from '../core/cell.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer, RowStep, TransformerJson } from '../core/transformer.js';
import { valueKind } from '../core/value-kind.js';
import type { Column } from '../table/column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import { columnKind } from './column-kind.js';
import { checkOutputNames } from './output-names.js';
import { checkOutputSize } from './output-size.js';

/** What a step makes of its texts. */
export interface TextMap {
  readonly json: TransformerJson;
  readonly columns: readonly string[];
  /** Whether the texts stay in the table. */
  readonly keep: boolean;
  /** Names of a column's outputs. */
  readonly outputs: (column: string) => readonly string[];
  /** Writes the numbers of a text into `out` [nOutputs], which is 0 everywhere. */
  readonly write: (text: string, out: Float64Array) => void;
  /** The number of every output where the text is missing. */
  readonly missing: number;
}

interface ColumnPlan {
  readonly name: string;
  readonly outputs: readonly string[];
}

/** Makes the fitted step. @throws COLUMN_INVALID where two columns would have one name */
export function fittedTextMap(map: TextMap): FittedTransformer {
  const { json, columns, keep } = map;
  const { kind } = json;
  const plans = columns.map((name): ColumnPlan => ({ name, outputs: map.outputs(name) }));
  const outputs = plans.flatMap((plan) => plan.outputs);
  checkOutputNames(kind, columns, outputs);
  return {
    kind,
    inputs: columns,
    ...(keep && { keeps: columns }),
    outputs: outputs.map((name) => ({ name, kind: 'numeric' })),
    sources: new Map(plans.flatMap((plan) => plan.outputs.map((output) => [output, [plan.name]] as const))),
    transform(table) {
      const plain = plainTable(table);
      checkOutputSize(kind, outputs.length, plain.numRows(), () => 'ask for fewer of them or leave columns out');
      const made = plans.flatMap((plan) => encodeColumn(map, plan, readColumn(plain, plan.name)));
      return withColumns(plain, made, keep ? [] : columns);
    },
    rowStep(slots) {
      const rows = plans.map(({ name, outputs }) => {
        const from = slots.read(name);
        return { name, from, to: outputs.map((output) => slots.write(output)), out: new Float64Array(outputs.length) };
      });
      return rowStep(map, rows);
    },
    toJSON: () => json,
  };
}

/** @throws COLUMN_INVALID where a column holds anything but strings */
export function checkTexts(step: string, name: string, column: Column): void {
  const kind = columnKind(column);
  if (kind === 'strings' || kind === 'nothing') return;
  throw new TabwrightError('COLUMN_INVALID', `${step}: column ${name} must hold strings, got ${kind}`);
}

function encodeColumn(map: TextMap, { name, outputs }: ColumnPlan, column: Column): readonly [string, Float64Array][] {
  checkTexts(map.json.kind, name, column);
  const nRows = column.length;
  const made = outputs.map((output): [string, Float64Array] => [output, new Float64Array(nRows).fill(map.missing)]);
  if (!(column instanceof DictionaryColumn)) return made;
  const rowsOf = rowsByCode(column);
  const out = new Float64Array(outputs.length);
  rowsOf.forEach((rows, code) => {
    out.fill(0);
    map.write(column.values[code] as string, out);
    made.forEach(([, numbers], i) => {
      for (const row of rows) numbers[row] = out[i] as number;
    });
  });
  return made;
}

/** Row positions of each code that occurs. */
function rowsByCode({ codes }: DictionaryColumn): ReadonlyMap<number, readonly number[]> {
  const rowsOf = new Map<number, number[]>();
  codes.forEach((code, row) => {
    if (code < 0) return;
    const rows = rowsOf.get(code);
    if (rows === undefined) rowsOf.set(code, [row]);
    else rows.push(row);
  });
  return rowsOf;
}

interface RowPlan {
  readonly name: string;
  readonly from: number;
  readonly to: readonly number[];
  readonly out: Float64Array;
}

function rowStep(map: TextMap, rows: readonly RowPlan[]): RowStep {
  return (cells) => {
    for (const { name, from, to, out } of rows) {
      const text = cellText(cells[from], map.json.kind, name);
      out.fill(text === null ? map.missing : 0);
      if (text !== null) map.write(text, out);
      for (let i = 0; i < to.length; i++) cells[to[i] as number] = out[i];
    }
  };
}

function cellText(cell: Cell, step: string, column: string): string | null {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined || Number.isNaN(cell)) return null;
  throw new TabwrightError('VALUE_INVALID', `${step}: column ${column} must be a string, got ${valueKind(cell)}`);
}
