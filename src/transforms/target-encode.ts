// Categories as the mean of the target among their rows, for training rows from other rows alone (scikit-learn's TargetEncoder).
import type { ColumnTable } from 'arquero';
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { TargetKind, TargetVector, Transformer } from '../core/transformer.js';
import type { Column } from '../table/column.js';
import { plainTable } from '../table/plain-table.js';
import { withColumns } from '../table/with-columns.js';
import { columnCodes } from './category-levels.js';
import { checkLearned } from './finite-numbers.js';
import type { CategoryNumbers, CategoryOutput } from './fitted-category-numbers.js';
import { fittedCategoryNumbers } from './fitted-category-numbers.js';
import { learnLevels } from './learn-levels.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';
import type { TargetRows } from './target-means.js';
import { outOfFoldMeans, rowFolds, targetMeans } from './target-means.js';

export const targetEncodeOptions = optionsTable('targetEncode', {
  smoothing: {
    type: 'number',
    min: 0,
    default: undefined,
    doc: 'How many rows of the overall mean each category gets; by the variances within and between categories where absent.',
    aliases: ['smooth'],
  },
  folds: {
    type: 'integer',
    min: 2,
    default: 5,
    doc: 'Training rows are dealt into this many folds; each is encoded by the means of the others.',
    aliases: ['cv'],
  },
  seed: { type: 'integer', default: 0, doc: 'Decides which rows share a fold.' },
  missing: {
    type: 'choice',
    choices: ['category', 'keep'],
    default: 'category',
    doc: 'A missing cell: a category where training had one (else as unknown), or left missing.',
  },
  unknown: {
    type: 'choice',
    choices: ['mean', 'missing', 'error'],
    default: 'mean',
    doc: 'A category that was not learned: the mean of all rows, missing (NaN), or an error.',
    aliases: ['handleUnknown'],
  },
  task: {
    type: 'choice',
    choices: ['binary', 'multiclass', 'regression'],
    default: undefined,
    doc: 'What the target is; where absent what training says, else binary if it is all 0 and 1, else regression.',
    aliases: ['targetType'],
  },
});

/** How to encode. Columns by default: strings; numbers and booleans can be named. */
export type TargetEncodeOptions = ColumnOption & OptionsInput<typeof targetEncodeOptions>;

type Resolved = OptionsOf<typeof targetEncodeOptions>;

/** The targets to take means of, one an output. */
interface EncodedTarget {
  /** Appended to the column's name; nothing where there is one target. */
  readonly suffix: string;
  readonly values: Float64Array;
}

interface Learned {
  readonly column: CategoryNumbers;
  readonly rows: readonly { readonly output: string; readonly of: TargetRows }[];
}

/**
 * Replaces each category by the mean of the target over its rows; with a multiclass target by one column a class, named
 * `column for class 0`, with the share of rows of the class. Rows that the step is fitted on get, by `fitTransform`, which
 * training uses, the means of rows in other folds: no row sees its own target.
 * Formulas: scikit-learn's TargetEncoder, with folds that are not stratified. `fit` throws TARGET_INVALID without a target
 * that fits the task, `fitTransform` SPLIT_INVALID with fewer than two rows.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function targetEncode(options: TargetEncodeOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const resolved = resolveOptions(targetEncodeOptions, rest);
  const choice = checkColumnChoice('targetEncode', columns ?? 'categorical');
  const learnAll = (table: ColumnTable, target: TargetVector | undefined, kind: TargetKind | undefined) => {
    const targets = encodedTargets(table.numRows(), target, resolved, kind);
    return selectColumns(table, 'targetEncode', choice).map(([name, column]) => learn(name, column, targets, resolved));
  };
  const fitted = (table: ColumnTable, learned: readonly Learned[]) =>
    checkedAgainst(
      table,
      fittedCategoryNumbers({
        kind: 'targetEncode',
        refuseUnknown: resolved.unknown === 'error',
        columns: learned.map(({ column }) => column),
      }),
    );
  return {
    kind: 'targetEncode',
    fit: (table, target, kind) => fitted(table, learnAll(table, target, kind)),
    fitTransform(table, target, kind) {
      const plain = plainTable(table);
      const learned = learnAll(plain, target, kind);
      const step = fitted(plain, learned);
      return { fitted: step, table: outOfFold(plain, step.inputs, learned, resolved) };
    },
  };
}

function outOfFold(
  table: ColumnTable,
  inputs: readonly string[],
  learned: readonly Learned[],
  { folds: nFolds, seed, smoothing, unknown }: Resolved,
): ColumnTable {
  const nRows = table.numRows();
  if (nRows < 2) throw new TabwrightError('SPLIT_INVALID', 'targetEncode: needs at least 2 rows to learn from others');
  const folds = rowFolds(nRows, Math.min(nFolds, nRows), seed);
  const empty = unknown === 'missing' ? 'missing' : 'mean';
  const encoded = learned.flatMap(({ rows }) =>
    rows.map(({ output, of }): [string, Float64Array] => [output, outOfFoldMeans(of, folds, smoothing, empty)]),
  );
  const replaced = new Set(encoded.map(([name]) => name));
  return withColumns(
    table,
    encoded,
    inputs.filter((name) => !replaced.has(name)),
  );
}

function learn(name: string, column: Column, targets: readonly EncodedTarget[], options: Resolved): Learned {
  const { type, levels, nMissing } = learnLevels('targetEncode', name, column);
  const of = { name, type, levels };
  const codes = columnCodes('targetEncode', of, column);
  const ownMissing = options.missing === 'category' && nMissing > 0;
  const withMissing = ownMissing ? codes.map((code) => (code < 0 ? levels.length : code)) : codes;
  const all = Uint32Array.from(codes.keys());
  const outputs: CategoryOutput[] = [];
  const rows = targets.map(({ suffix, values: target }) => {
    const output = `${name}${suffix}`;
    const rowsOf: TargetRows = { codes: withMissing, nCodes: levels.length + (ownMissing ? 1 : 0), target };
    const { values, mean } = targetMeans(rowsOf, all, options.smoothing);
    const unknown = options.unknown === 'mean' ? mean + 0 : null;
    const ofMissing = ownMissing ? (values[levels.length] as number) + 0 : unknown;
    outputs.push({
      name: output,
      values: [...values.subarray(0, levels.length)].map((value) => checkLearned('targetEncode', name, value) + 0),
      missing: options.missing === 'keep' ? null : ofMissing,
      unknown,
    });
    return { output, of: rowsOf };
  });
  return { column: { ...of, outputs }, rows };
}

function encodedTargets(
  nRows: number,
  target: TargetVector | undefined,
  { task }: Resolved,
  kind: TargetKind | undefined,
): readonly EncodedTarget[] {
  if (target === undefined || target.length !== nRows) {
    const got = target === undefined ? 'none' : String(target.length);
    throw new TabwrightError('TARGET_INVALID', `targetEncode: needs a target of ${nRows} rows, got ${got}`);
  }
  const chosen = task ?? kind?.task ?? (target.every((value) => value === 0 || value === 1) ? 'binary' : 'regression');
  checkTarget(target, chosen);
  if (chosen !== 'multiclass') return [{ suffix: '', values: target }];
  const nClasses = Math.max(kind?.nClasses ?? 0, target.reduce((most, value) => Math.max(most, value), 0) + 1);
  return Array.from({ length: nClasses }, (_, position) => ({
    suffix: ` for class ${position}`,
    values: target.map((value) => (value === position ? 1 : 0)),
  }));
}

const TARGET_RULES = {
  binary: ['0 and 1', (value: number) => value === 0 || value === 1],
  multiclass: ['class positions 0, 1, …', (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 20],
  regression: ['finite numbers', Number.isFinite],
} as const;

function checkTarget(target: TargetVector, task: keyof typeof TARGET_RULES): void {
  const [rule, fits] = TARGET_RULES[task];
  const row = target.findIndex((value) => !fits(value));
  if (row < 0) return;
  throw new TabwrightError('TARGET_INVALID', `targetEncode: the target must hold ${rule}, broken in row ${row}`);
}
