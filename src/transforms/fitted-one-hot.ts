// Categories as columns of 0 and 1: the applying half of one-hot.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer, RowSlots, RowStep } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { plainTable } from '../table/plain-table.js';
import { readColumn } from '../table/read-column.js';
import { withColumns } from '../table/with-columns.js';
import type { CategoryColumn, CellCode } from './category-levels.js';
import { cellCode, columnCodes, MISSING, UNKNOWN } from './category-levels.js';
import { jsonFields } from './json-fields.js';
import { checkOutputNames } from './output-names.js';
import { checkOutputSize } from './output-size.js';
import { readCategoryColumn } from './read-category-column.js';
import { refusedCell, refusedRows } from './refused-category.js';

export const MISSING_POLICIES = ['category', 'ignore', 'error'] as const;
export const UNKNOWN_POLICIES = ['ignore', 'error', 'other'] as const;

/** One column to encode. */
export interface OneHotColumn extends CategoryColumn {
  /** Whether missing cells have an output of their own. */
  readonly ownMissing: boolean;
  /** Whether the first output is left out. */
  readonly dropFirst: boolean;
}

/** What the step learned, with its policies. */
export interface OneHotState {
  readonly missing: (typeof MISSING_POLICIES)[number];
  readonly unknown: (typeof UNKNOWN_POLICIES)[number];
  readonly columns: readonly OneHotColumn[];
}

/** A column's outputs, and the output that is 1 by category. */
interface ColumnPlan {
  readonly column: OneHotColumn;
  readonly outputs: readonly string[];
  /** Position in `outputs` by level; NONE where the level's output is left out. */
  readonly hot: readonly number[];
  readonly hotMissing: number;
  readonly hotUnknown: number;
}

/** In place of a position in `outputs`: no output is 1. */
const NONE = -1;
/** In place of a position in `outputs`: the row is refused. */
const REFUSE = -2;

/**
 * Makes the fitted step.
 * @throws COLUMN_INVALID where two outputs, or an output and an input, would have one name
 */
export function fittedOneHot(state: OneHotState): FittedTransformer {
  const plans = state.columns.map((column) => columnPlan(state, column));
  const inputs = state.columns.map(({ name }) => name);
  const names = plans.flatMap(({ outputs }) => outputs);
  checkOutputNames('oneHot', inputs, names);
  return {
    kind: 'oneHot',
    inputs,
    outputs: names.map((name) => ({ name, kind: 'numeric' })),
    sources: new Map(plans.flatMap(({ column, outputs }) => outputs.map((output) => [output, [column.name]] as const))),
    transform(table) {
      const plain = plainTable(table);
      checkSize(plans, plain.numRows());
      const encoded = plans.flatMap((plan) => encodeColumn(plan, readColumn(plain, plan.column.name)));
      return withColumns(plain, encoded, inputs);
    },
    rowStep: (slots) => rowStep(plans, slots),
    toJSON: () => ({
      kind: 'oneHot',
      missing: state.missing,
      unknown: state.unknown,
      columns: state.columns.map(({ name, type, levels, ownMissing, dropFirst }) => {
        return { name, type, levels, ownMissing, dropFirst };
      }),
    }),
  };
}

/** @throws BUNDLE_INVALID */
export function readOneHot(json: JsonObject): FittedTransformer {
  const fields = jsonFields('oneHot', json);
  return fittedOneHot({
    missing: fields.choice('missing', MISSING_POLICIES),
    unknown: fields.choice('unknown', UNKNOWN_POLICIES),
    columns: fields.columns('columns').map((column) => ({
      ...readCategoryColumn(column),
      ownMissing: column.flag('ownMissing'),
      dropFirst: column.flag('dropFirst'),
    })),
  });
}

function columnPlan({ missing, unknown }: OneHotState, column: OneHotColumn): ColumnPlan {
  const { name, levels, ownMissing, dropFirst } = column;
  const all = levels.map((level) => `${name}=${level}`);
  if (ownMissing) all.push(`${name} is missing`);
  if (unknown === 'other') all.push(`${name} is other`);
  const shift = dropFirst ? 1 : 0;
  const hotUnknown = { ignore: NONE, error: REFUSE, other: all.length - 1 - shift }[unknown];
  const hotMissing = { ignore: NONE, error: REFUSE, category: ownMissing ? levels.length - shift : hotUnknown }[
    missing
  ];
  return {
    column,
    outputs: all.slice(shift),
    hot: levels.map((_, position) => position - shift),
    hotMissing,
    hotUnknown,
  };
}

/** @throws DATA_TOO_LARGE naming the column with most categories */
function checkSize(plans: readonly ColumnPlan[], nRows: number): void {
  const nOutputs = plans.reduce((total, { outputs }) => total + outputs.length, 0);
  checkOutputSize('oneHot', nOutputs, nRows, () => {
    const widest = plans.reduce((most, plan) => (plan.outputs.length > most.outputs.length ? plan : most));
    return (
      `most of them from column ${widest.column.name}: ` +
      'set maxLevels or minFrequency, use ordinal, or leave the column out'
    );
  });
}

function encodeColumn(plan: ColumnPlan, column: Column): [string, Float64Array][] {
  const codes = columnCodes('oneHot', plan.column, column);
  for (const code of [UNKNOWN, MISSING]) {
    if (hotOutput(plan, code) === REFUSE && codes.includes(code)) {
      throw refusedRows('oneHot', plan.column.name, codes, code);
    }
  }
  const encoded = plan.outputs.map((name): [string, Float64Array] => [name, new Float64Array(codes.length)]);
  for (let row = 0; row < codes.length; row++) {
    const output = encoded[hotOutput(plan, codes[row] as number)];
    if (output !== undefined) output[1][row] = 1;
  }
  return encoded;
}

function hotOutput(plan: ColumnPlan, code: number): number {
  return code >= 0 ? (plan.hot[code] as number) : code === MISSING ? plan.hotMissing : plan.hotUnknown;
}

interface RowPlan {
  readonly plan: ColumnPlan;
  readonly code: CellCode;
  readonly from: number;
  readonly to: readonly number[];
}

function rowStep(plans: readonly ColumnPlan[], slots: RowSlots): RowStep {
  const rowPlans = plans.map((plan): RowPlan => {
    const { column, outputs } = plan;
    return {
      plan,
      code: cellCode('oneHot', column),
      from: slots.read(column.name),
      to: outputs.map((name) => slots.write(name)),
    };
  });
  return (cells) => {
    for (const { plan, code, from, to } of rowPlans) {
      const found = code(cells[from]);
      const hot = hotOutput(plan, found);
      if (hot === REFUSE) throw refusedCell('oneHot', plan.column.name, found);
      for (let i = 0; i < to.length; i++) cells[to[i] as number] = i === hot ? 1 : 0;
    }
  };
}
