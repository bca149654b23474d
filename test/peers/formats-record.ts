// Keeps what the matrices of file formats measured; scripts/interop-tables.mjs writes it into docs/interop.md.
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../.cache/interop');

/** Adds the largest differences of one cell. */
export function recordCell(
  matrix: string,
  cell: { readonly library: string; readonly name: string; readonly data: string },
  differences: Readonly<Record<string, number | undefined>>,
): void {
  mkdirSync(FOLDER, { recursive: true });
  const line = { library: cell.library, name: cell.name, data: cell.data, ...differences };
  appendFileSync(join(FOLDER, `${matrix}.ndjson`), `${JSON.stringify(line)}\n`);
}
