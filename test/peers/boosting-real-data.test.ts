// Boosters on public data with folds, beside the libraries whose parameters they take.
import { expect, test } from 'vitest';
import { BOOSTING_CASES, boostingLosses, meanLosses } from './boosting-losses.js';
import { hasPython } from './run-python.js';

const SEEDS = [1, 2];

test.skipIf(!hasPython).each(BOOSTING_CASES)('$library on $file is no worse than the original', async (each) => {
  const losses = await boostingLosses(each, SEEDS);
  if (losses === undefined) return;
  const [loss = 0, auc] = meanLosses(losses.ours);
  const [theirLoss = 0, theirAuc] = meanLosses(losses.theirs);
  if (auc !== undefined && theirAuc !== undefined) expect(auc).toBeGreaterThan(theirAuc - 0.003);
  if (each.task === 'regression') expect(loss).toBeLessThan(theirLoss * 1.01);
});
