// Made rows for the training benchmark: features of four shapes, some values missing, and labels that depend on them in ways that
// are not linear. The same rows at every call with the same seed.
import { writeFile } from 'node:fs/promises';
import { importSource } from '../harness/import-source.mjs';
import { median } from '../harness/median.mjs';

/** Levels of each categorical feature; a few of them have most of the rows. */
const LEVELS = [10, 20, 50, 100, 300, 1000, 2000, 5000];
/** A logistic score of this standard deviation can be ranked to an AUC of about 0.85. */
const SCORE_DEVIATION = 2;
const MISSING_SHARE = 0.04;
const TRAIN_SHARE = 0.8;

/**
 * Rows of categorical features, then numeric ones.
 * @param {{ nTrain: number, nFeatures: number, nCategorical: number, seed: number }} request
 * @returns training and held-out rows (a fifth of all), and all columns and the target they are parts of
 */
export async function boostingData({ nTrain, nFeatures, nCategorical, seed }) {
  const { createRandom } = await importSource('src/core/random.ts');
  const random = createRandom(seed);
  const nRows = Math.round(nTrain / TRAIN_SHARE);
  const numeric = Array.from({ length: nFeatures - nCategorical }, (_, j) => numericColumn(random, j, nRows));
  const score = numericScore(numeric, nRows);
  const categorical = LEVELS.slice(0, nCategorical).map((nLevels, j) => {
    return categoricalColumn({ random, nLevels, score, other: j === 2 ? numeric[1] : undefined });
  });
  const target = labels(random, score);
  for (const column of [numeric[3], numeric[7], numeric[11]]) if (column) dropValues(random, column);
  const columns = [...categorical, ...numeric];
  const features = columns.map((_, j) => feature(j, nCategorical));
  const part = (from, to) => ({
    features: { nRows: to - from, features, columns: columns.map((column) => column.subarray(from, to)) },
    target: Float64Array.from(target.subarray(from, to)),
    task: 'binary',
    nClasses: 2,
  });
  return { train: part(0, nTrain), test: part(nTrain, nRows), columns, target };
}

/** Writes the columns one after another, then the target, as little-endian float32. */
export async function writeBoostingData(path, { columns, target }) {
  await writeFile(path, Buffer.concat([...columns, target].map((column) => new Uint8Array(column.buffer))));
}

function feature(j, nCategorical) {
  if (j >= nCategorical) return { name: `x${j}`, kind: 'numeric' };
  return { name: `x${j}`, kind: 'categorical', levels: Array.from({ length: LEVELS[j] }, (_, level) => String(level)) };
}

/** In turn: normal, gamma with a heavy tail, an angle, log-normal. */
function numericColumn({ next, normal }, j, nRows) {
  const draw = [
    normal,
    () => -0.5 * (Math.log(1 - next()) + Math.log(1 - next())),
    () => (2 * next() - 1) * Math.PI,
    () => Math.exp(0.6 * normal()),
  ][j % 4];
  return Float32Array.from({ length: nRows }, draw);
}

function numericScore(columns, nRows) {
  const at = (row) => (j) => columns[j % columns.length][row];
  return Float64Array.from({ length: nRows }, (_, row) => rowScore(at(row)));
}

function rowScore(x) {
  const products = x(0) * x(4) + 0.9 * Math.sin(x(2)) * x(1) + 0.7 * Math.sqrt(x(1) * x(5)) * Math.cos(x(2) - x(6));
  const steps = 0.6 * Math.log(x(3) * x(7) + 0.1) * (x(12) > 0 ? 1 : 0) + 0.6 * x(13) * (x(11) > 1 ? 1 : 0);
  const curves = 0.5 * Math.tanh(x(16) * x(9)) - 0.8 * Math.abs(x(8)) - 0.125 * x(10) ** 2 + 0.3 * Math.sin(2 * x(14));
  const lines = 0.4 * x(0) - 0.3 * x(15) + 0.25 * x(17) + 0.1 * x(18) + 0.2 * x(19);
  return products + steps + curves + lines;
}

/** Draws levels, and adds each level's effect to the score: by itself, or times another column. */
function categoricalColumn({ random, nLevels, score, other }) {
  const codes = random.shuffle(Int32Array.from({ length: nLevels }, (_, i) => i));
  const effects = Float64Array.from({ length: nLevels }, () => 0.7 * random.normal());
  const cumulated = cumulatedShares(nLevels);
  const column = new Float32Array(score.length);
  for (let row = 0; row < score.length; row++) {
    const level = codes[firstAbove(cumulated, random.next())];
    column[row] = level;
    score[row] += effects[level] * (other === undefined ? 1 : 1 + 0.5 * other[row]);
  }
  return column;
}

function cumulatedShares(nLevels) {
  const shares = Float64Array.from({ length: nLevels }, (_, i) => (i + 1) ** -0.6);
  for (let i = 1; i < nLevels; i++) shares[i] += shares[i - 1];
  return shares.map((sum) => sum / shares[nLevels - 1]);
}

/** The first position whose value is above `value`, by halving. */
function firstAbove(ascending, value) {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function labels({ next }, score) {
  const centre = median(score);
  const variance = score.reduce((sum, value) => sum + (value - centre) ** 2, 0) / score.length;
  const scale = SCORE_DEVIATION / Math.sqrt(variance);
  return Float32Array.from(score, (value) => (next() < 1 / (1 + Math.exp(-scale * (value - centre))) ? 1 : 0));
}

function dropValues({ next }, column) {
  for (let row = 0; row < column.length; row++) if (next() < MISSING_SHARE) column[row] = Number.NaN;
}
