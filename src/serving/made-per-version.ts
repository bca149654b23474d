import type { ServedModels } from './served-models.js';

/** A text about the models under a mount point, kept until it is asked for under another or a model was swapped. */
export function madePerVersion<Text>(
  models: ServedModels,
  make: (basePath: string) => Text,
): (basePath: string) => Text {
  let kept: { readonly key: string; readonly text: Text } | undefined;
  return (basePath) => {
    const versions = models.all.map(({ predictor: { current } }) => `${current.name}/${current.version}`);
    const key = [basePath, ...versions].join();
    if (kept?.key !== key) kept = { key, text: make(basePath) };
    return kept.text;
  };
}
