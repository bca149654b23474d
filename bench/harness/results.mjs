// Kept results: one JSON file a benchmark, from which docs/benchmarks.md is generated.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';

const RESULTS = new URL('../results/', import.meta.url);

/** Writes the results of one benchmark over its earlier ones. */
export async function writeResults(results) {
  await mkdir(RESULTS, { recursive: true });
  await writeFile(new URL(`${results.bench}.json`, RESULTS), `${JSON.stringify(results, null, 2)}\n`);
}

/** Kept results of every benchmark, by name in alphabetical order. */
export async function readResults() {
  const files = (await readdir(RESULTS)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(new URL(file, RESULTS), 'utf8'))));
}
