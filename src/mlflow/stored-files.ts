// The files of a model version as artifacts, with a manifest of their digests that is written last.
import { checkBundlePaths, MANIFEST_PATH } from '../core/bundle-path.js';
import { digestOf, type FileDigest } from '../core/file-digest.js';
import type { BundleFiles } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { makeManifest, readManifest, writeManifest } from '../registry/manifest.js';
import type { MlflowArtifacts } from './artifacts.js';

/** Uploads files and their manifest; what is there already is replaced. */
export async function storeFiles(artifacts: MlflowArtifacts, root: string, files: BundleFiles): Promise<void> {
  const manifest = writeManifest(await makeManifest(files, {}));
  await Promise.all([...files].map(([path, bytes]) => artifacts.write(root, path, bytes)));
  await artifacts.write(root, MANIFEST_PATH, new TextEncoder().encode(manifest));
}

/**
 * Downloads the files below a root, checked against their manifest where they have one: models logged by other
 * programs have none.
 * @param what The version in messages: "adult/3".
 * @throws BUNDLE_INVALID
 */
export async function loadFiles(artifacts: MlflowArtifacts, root: string, what: string): Promise<BundleFiles> {
  const manifest = await artifacts.read(root, MANIFEST_PATH);
  const digests = manifest === undefined ? undefined : readManifest(new TextDecoder().decode(manifest), what).files;
  const paths = digests === undefined ? await artifacts.files(root) : [...digests.keys()];
  const contents = await Promise.all(paths.map((path) => artifacts.read(root, path)));
  const files = new Map<string, Uint8Array>();
  for (const [i, path] of paths.entries())
    files.set(path, await checked(`${what}: ${path}`, contents[i], digests?.get(path)));
  checkBundlePaths(files);
  return files;
}

async function checked(
  what: string,
  bytes: Uint8Array | undefined,
  expected: FileDigest | undefined,
): Promise<Uint8Array> {
  if (bytes === undefined) throw new TabwrightError('BUNDLE_INVALID', `${what} is missing`);
  if (expected === undefined) return bytes;
  const { sizeBytes, sha256 } = await digestOf(bytes);
  if (sizeBytes === expected.sizeBytes && sha256 === expected.sha256) return bytes;
  throw new TabwrightError(
    'BUNDLE_INVALID',
    `${what} is cut off or altered: its size or digest is not the one stored with it`,
  );
}
