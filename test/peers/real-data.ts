// Where the public data sets are that tests on real data use; they are not part of the repository.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = process.env.TABWRIGHT_DATA ?? join(import.meta.dirname, '../../../shared/data');

/** The path of a data set, or undefined where it is not on this machine. */
export function realData(file: string): string | undefined {
  const path = join(FOLDER, file);
  return existsSync(path) ? path : undefined;
}
