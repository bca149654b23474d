// Paths of artifacts behind the server's proxy. fetch resolves dots before it sends, encoded ones too: they are refused
// here.
import { TabwrightError } from '../core/tabwright-error.js';

/** Where one file or folder of artifacts is. */
export interface ArtifactAddress {
  /** Encoded, relative to the proxy: `1/models/m-…/artifacts`. */
  readonly root: string;
  /** Encoded, relative to the root; empty for the root. */
  readonly path: string;
}

const SCHEME = /^mlflow-artifacts:(?:\/\/[^/]+)?\/*/;

/**
 * The address of a path below an artifact root.
 * @param uri Artifact root as the server names it: `mlflow-artifacts:/…`.
 * @throws SOURCE_FAILED where the server does not proxy artifacts, OPTION_INVALID for a path that leaves its root
 */
export function artifactAddress(uri: string, path: string): ArtifactAddress {
  if (!uri.startsWith('mlflow-artifacts:')) {
    throw new TabwrightError(
      'SOURCE_FAILED',
      'mlflow: the server does not pass artifacts through; start it with --serve-artifacts and --artifacts-destination',
    );
  }
  return { root: encoded(uri.replace(SCHEME, '')), path: path === '' ? '' : encoded(path) };
}

/** Both parts with a slash between them. */
export function joined({ root, path }: ArtifactAddress): string {
  return path === '' ? root : `${root}/${path}`;
}

function encoded(path: string): string {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\\'))) {
    throw new TabwrightError(
      'OPTION_INVALID',
      'mlflow: an artifact path must have no part that is empty, "." or "..", and no backslash',
    );
  }
  return parts.map(encodeURIComponent).join('/');
}
