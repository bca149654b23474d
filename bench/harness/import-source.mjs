// Imports a TypeScript module of this repository as it stands, so that a benchmark needs no build and reaches inner modules.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles the module (packages stay outside) below .cache and imports it.
 * @param {string} path from the root of the repository: "src/boosting/scoring/batch-scorer.ts"
 */
export async function importSource(path) {
  return import(pathToFileURL(await bundleSource(path)).href);
}

/** Bundles the module and gives the bundle's path, for a child process to run. */
export async function bundleSource(path) {
  await mkdir(`${ROOT}.cache/bench`, { recursive: true });
  const outfile = `${ROOT}.cache/bench/${path.replaceAll('/', '-').replace(/\.ts$/, '.mjs')}`;
  await build({
    entryPoints: [ROOT + path],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}
