// Two trained versions of one model that score every row apart, and copies of one that must never serve.
import type { BundleFiles } from '../../src/core/registry.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { makeProspects, prospect } from '../training/prospects.js';

/** The files of a logistic and of a boosted model of the same features. */
export async function twoVersions(): Promise<readonly BundleFiles[]> {
  const registry = memoryRegistry();
  const trainer = createTrainer({ registry });
  const data = makeProspects(300);
  const models = [
    { model: 'logistic', params: {} },
    { model: 'lightgbm', params: { numIterations: 20 } },
  ];
  for (const each of models)
    await trainer.train({ name: 'm', data, features: prospect, ...each, validation: { folds: 0 } });
  return Promise.all([registry.read('m', 1), registry.read('m', 2)]);
}

/** Copies that are cut off, changed, or of a model that scores otherwise. */
export function brokenCopy(files: BundleFiles): readonly BundleFiles[] {
  const model = [...files.keys()].find((path) => path.startsWith('model/')) as string;
  const whole = files.get(model) as Uint8Array;
  const text = new TextDecoder().decode(files.get('golden.json'));
  const other = text.replace(
    /("scores": \[\s*\[\s*0\.)(\d)/,
    (_, start, digit) => `${start}${(Number(digit) + 1) % 10}`,
  );
  return [
    new Map([...files, [model, whole.subarray(0, whole.length / 2)]]),
    new Map([...files, ['golden.json', new TextEncoder().encode(other)]]),
    new Map([['MLmodel', new Uint8Array()]]),
  ];
}
