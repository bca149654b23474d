// How a model is judged on rows it was not fitted on: the options, and the one plan they come to.
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';

const DEFAULT_FOLDS = 5;

/** Options of `validation` in a training request. */
export const validationOptions = optionsTable('validation', {
  folds: {
    type: 'integer',
    default: undefined,
    min: 0,
    doc: 'Number of folds, each tested once on a model fitted on the others; 5 where there is no holdout, 0 for no validation.',
    aliases: ['nSplits', 'n_splits', 'cv'],
  },
  holdout: {
    type: 'number',
    default: undefined,
    exclusiveMin: 0,
    doc: 'Instead of folds, one test part: a share of the rows in (0, 1), or a number of rows.',
    aliases: ['testSize', 'test_size'],
  },
  stratified: {
    type: 'boolean',
    default: undefined,
    doc: 'Whether every class has the same share of each part; true for classification where rows are neither grouped nor ordered.',
    aliases: ['stratify'],
  },
  shuffle: {
    type: 'boolean',
    default: undefined,
    doc: 'Whether rows are dealt at random by the seed; otherwise parts are runs of rows, a holdout the last ones. True but for ordered rows.',
  },
  group: {
    type: 'string',
    default: undefined,
    doc: 'Column whose equal values (a customer, a household) stay on one side of every split.',
    aliases: ['groupColumn', 'groups'],
  },
  time: {
    type: 'string',
    default: undefined,
    doc: 'Column of times: every test part comes after all rows it is judged against, in an expanding window.',
    aliases: ['timeColumn'],
  },
});

/** What a caller may pass as `validation`. */
export type ValidationInput = OptionsInput<typeof validationOptions>;

/** `validation` with everything decided but `stratified`, which may depend on the task. */
export interface Validation {
  /** Number of folds; 0 for a holdout or no validation. */
  readonly folds: number;
  /** Share in (0, 1) or number of rows of the one test part. */
  readonly holdout: number | undefined;
  /** Undefined where the task decides. */
  readonly stratified: boolean | undefined;
  readonly shuffle: boolean;
  readonly group: string | undefined;
  readonly time: string | undefined;
}

/**
 * Checks the options, alone and together.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function resolveValidation(input: Readonly<Record<string, unknown>> = {}): Validation {
  const options = resolveOptions(validationOptions, input);
  checkSizes(options);
  checkCombinations(options);
  return Object.freeze({
    ...options,
    folds: options.folds ?? (options.holdout === undefined ? DEFAULT_FOLDS : 0),
    shuffle: options.shuffle ?? options.time === undefined,
  });
}

type Options = OptionsOf<typeof validationOptions>;

function checkSizes({ folds, holdout }: Options): void {
  if (folds === 1) refuse('folds must be 0 or >= 2, got 1');
  if (holdout !== undefined && holdout >= 1 && !Number.isInteger(holdout)) {
    refuse(`holdout must be a share in (0, 1) or a whole number of rows, got ${holdout}`);
  }
}

function checkCombinations({ folds, holdout, stratified, shuffle, group, time }: Options): void {
  const given = Object.entries({ holdout, stratified, shuffle, group, time }).filter(
    ([, value]) => value !== undefined,
  );
  if (folds === 0 && given.length > 0) refuse(`folds 0 means no validation, but ${given[0]?.[0]} is given too`);
  if (folds !== undefined && holdout !== undefined) refuse('folds and holdout exclude each other');
  if (group !== undefined && time !== undefined) refuse('group and time exclude each other');
  if (shuffle === true && time !== undefined) refuse('shuffle and time exclude each other');
  const isTail = holdout !== undefined && shuffle === false;
  if (isTail && group !== undefined) refuse('a holdout of the last rows (shuffle false) cannot keep groups whole');
  if (stratified !== true) return;
  if (group !== undefined) refuse('stratified and group exclude each other');
  if (time !== undefined) refuse('stratified and time exclude each other');
  if (isTail) refuse('a holdout of the last rows (shuffle false) cannot be stratified');
}

function refuse(rule: string): never {
  throw new TabwrightError('OPTION_INVALID', `validation: ${rule}`);
}
