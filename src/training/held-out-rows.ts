// The rows that a model which stops early is watched on: part of its training rows, drawn as a holdout would be.
import type { Fold } from '../evaluation/fold.js';
import { makeSplits } from '../evaluation/make-splits.js';
import { resolveValidation } from '../evaluation/validation-options.js';
import { takeCells } from '../table/take-cells.js';
import { pickRows } from './pick-rows.js';
import type { PreparedData } from './prepare-data.js';

const HELD_OUT_SHARE = 0.1;

/**
 * Holds back a tenth of the rows, stratified for classes, whole groups and the latest times where the validation goes by them.
 * @throws SPLIT_INVALID where there are too few rows, groups or times
 */
export function heldOutRows(data: PreparedData, rows: Uint32Array | undefined, seed: number): Fold {
  const among = rows ?? Uint32Array.from(data.target, (_, row) => row);
  const validation = resolveValidation({
    holdout: HELD_OUT_SHARE,
    ...(data.groups && { group: 'groups' }),
    ...(data.times && { time: 'times' }),
  });
  const [fold] = makeSplits(validation, {
    nRows: among.length,
    task: data.spec.target.task,
    target: pickRows(data.target, among),
    groups: data.groups && takeCells(data.groups, among),
    times: data.times && takeCells(data.times, among),
    seed,
  });
  const { train, test } = fold as Fold;
  const place = (position: number): number => among[position] as number;
  return { train: train.map(place), test: test.map(place) };
}
