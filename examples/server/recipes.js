// What may be trained over HTTP where TABWRIGHT_RECIPES names no file of yours: a model of one file in the input folder.
import { join } from 'node:path';
import { fileLoader, TabwrightError } from 'tabwright';
import { z } from 'zod';

const params = z.strictObject({
  file: z.string().regex(/^\w[\w.-]*$/, 'must be the name of a file in the input folder'),
  name: z.string(),
  target: z.string(),
  positive: z.union([z.string(), z.number(), z.boolean()]).optional(),
  model: z.string().default('lightgbm'),
  params: z.record(z.string(), z.unknown()).default({}),
  folds: z.int().min(2).max(20).default(5),
  seed: z.int().min(0).default(0),
});

/**
 * The recipes of a server.
 * @param {{ input: string }} folders where files to train on are
 */
export default function recipes({ input }) {
  return {
    file(given) {
      const { success, data, error } = params.safeParse(given);
      if (!success)
        throw new TabwrightError('REQUEST_INVALID', `file: ${z.prettifyError(error).replaceAll('\n', ' ')}`);
      const { file, name, target: column, positive, model, params: hyper, folds, seed } = data;
      return {
        name,
        data: fileLoader(join(input, file)),
        target: { column, ...(positive === undefined ? {} : { positive }) },
        model,
        params: hyper,
        validation: { folds },
        seed,
      };
    },
  };
}
