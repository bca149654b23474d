// Categories as numbers that were learned for them: the applying half of frequency-encode.ts and target-encode.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer, RowSlots, RowStep, TransformerReader } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import type { CategoryColumn } from './category-levels.js';
import { cellCode, columnCodes, MISSING, UNKNOWN } from './category-levels.js';
import type { JsonFields } from './json-fields.js';
import { jsonFields } from './json-fields.js';
import { checkOutputNames } from './output-names.js';
import { readCategoryColumn } from './read-category-column.js';
import { refusedCell, refusedRows } from './refused-category.js';

/** The numbers of one output; null stands for missing. */
export interface CategoryOutput {
  readonly name: string;
  /** By position of the level. */
  readonly values: readonly (number | null)[];
  readonly missing: number | null;
  readonly unknown: number | null;
}

/** A column to encode, into one output or several. */
export interface CategoryNumbers extends CategoryColumn {
  readonly outputs: readonly CategoryOutput[];
}

/** What a step of this kind learned. */
export interface CategoryNumbersState {
  readonly kind: 'frequencyEncode' | 'targetEncode';
  /** Whether a category never seen is an error. */
  readonly refuseUnknown: boolean;
  readonly columns: readonly CategoryNumbers[];
}

/** Makes the fitted step. @throws COLUMN_INVALID where two outputs would have one name */
export function fittedCategoryNumbers({ kind, refuseUnknown, columns }: CategoryNumbersState): FittedTransformer {
  const names = columns.flatMap(({ outputs }) => outputs.map(({ name }) => name));
  checkOutputNames(kind, [], names);
  return {
    kind,
    inputs: columns.map(({ name }) => name),
    outputs: names.map((name) => ({ name, kind: 'numeric' })),
    sources: new Map(columns.flatMap(({ name, outputs }) => outputs.map((output) => [output.name, [name]] as const))),
    transform(table) {
      const plain = plainTable(table);
      const encoded = columns.flatMap((of) => encodeColumn(kind, of, readColumn(plain, of.name), refuseUnknown));
      const replaced = new Set(names);
      const removed = columns.map(({ name }) => name).filter((name) => !replaced.has(name));
      return withColumns(plain, encoded, removed);
    },
    rowStep: (slots) => rowStep(kind, columns, slots, refuseUnknown),
    toJSON: () => ({
      kind,
      refuseUnknown,
      columns: columns.map(({ name, type, levels, outputs }) => ({
        name,
        type,
        levels,
        outputs: outputs.map(({ name, values, missing, unknown }) => ({ name, values, missing, unknown })),
      })),
    }),
  };
}

/** Makes the reader of a step of this kind, which throws BUNDLE_INVALID. */
export function categoryNumbersReader(kind: CategoryNumbersState['kind']): TransformerReader {
  return (json: JsonObject) => {
    const fields = jsonFields(kind, json);
    const columns = fields.columns('columns').map((column): CategoryNumbers => {
      const of = readCategoryColumn(column);
      return { ...of, outputs: column.columns('outputs').map((output) => readOutput(output, of)) };
    });
    return fittedCategoryNumbers({ kind, refuseUnknown: fields.flag('refuseUnknown'), columns });
  };
}

function readOutput(output: JsonFields, { levels }: CategoryColumn): CategoryOutput {
  const values = output.limits('values');
  if (values.length !== levels.length) throw output.invalid('values', `a list of ${levels.length} numbers`);
  return {
    name: output.text('name'),
    values,
    missing: output.limit('missing'),
    unknown: output.limit('unknown'),
  };
}

function encodeColumn(
  kind: string,
  of: CategoryNumbers,
  column: Column,
  refuse: boolean,
): readonly [string, Float64Array][] {
  const codes = columnCodes(kind, of, column);
  if (refuse && codes.includes(UNKNOWN)) throw refusedRows(kind, of.name, codes, UNKNOWN);
  return of.outputs.map((output) => {
    const number = numberOf(output);
    return [output.name, Float64Array.from(codes, number)];
  });
}

/** The number of a level, of MISSING or of UNKNOWN. */
function numberOf({ values, missing, unknown }: CategoryOutput): (code: number) => number {
  const numbers = Float64Array.from(values, (value) => value ?? Number.NaN);
  const ofMissing = missing ?? Number.NaN;
  const ofUnknown = unknown ?? Number.NaN;
  return (code) => (code >= 0 ? (numbers[code] as number) : code === MISSING ? ofMissing : ofUnknown);
}

function rowStep(kind: string, columns: readonly CategoryNumbers[], slots: RowSlots, refuse: boolean): RowStep {
  const plans = columns.map((of) => ({
    name: of.name,
    code: cellCode(kind, of),
    from: slots.read(of.name),
    outputs: of.outputs.map((output) => ({ to: slots.write(output.name), number: numberOf(output) })),
  }));
  return (cells) => {
    for (const { name, code, from, outputs } of plans) {
      const found = code(cells[from]);
      if (refuse && found === UNKNOWN) throw refusedCell(kind, name, found);
      for (const { to, number } of outputs) cells[to] = number(found);
    }
  };
}
