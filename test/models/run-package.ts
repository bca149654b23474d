// The npm package ml-xgboost by itself, in a process of its own: what our scoring of its models is compared with.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** What the package gives for a job. */
export interface PackageRun {
  /** Bytes of the model it saved. */
  readonly model: Uint8Array;
  /** Its predictions for the rows, row after row. */
  readonly predictions: readonly number[];
}

const SOURCE = `
WebAssembly.instantiateStreaming = undefined;
const { path, params, rows, target } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
require(path).then((XGBoost) => {
  const booster = new XGBoost(params);
  booster.train(rows, target);
  process.stdout.write(JSON.stringify({ model: booster.toJSON().model, predictions: booster.predict(rows).flat() }));
});
`;

/** Trains on rows, then predicts the same rows. */
export function runPackage(
  params: Readonly<Record<string, string | number>>,
  rows: readonly (readonly number[])[],
  target: readonly number[],
): PackageRun {
  const path = createRequire(import.meta.url).resolve('ml-xgboost');
  const output = execFileSync(process.execPath, ['-e', SOURCE], {
    input: JSON.stringify({ path, params, rows, target }),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const { model, predictions } = JSON.parse(output) as { model: number[]; predictions: number[] };
  return { model: Uint8Array.from(model), predictions };
}
