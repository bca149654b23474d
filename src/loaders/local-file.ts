// A file as loaders take it, as one on this machine: paths and file: URLs as they are, remote ones fetched to a temporary file.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { RunControl } from '../core/progress.js';
import { storageError } from '../core/storage-error.js';
import { filePath } from './file-path.js';
import type { ByteSource } from './remote/byte-source.js';

/** A file's path, its `file:` URL, or a remote file. */
export type FileSource = string | URL | ByteSource;

/** A file that can be opened. */
export interface LocalFile {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  /** Removes what was made for it; the caller calls it in any case. */
  remove(): Promise<void>;
}

/** Opens one source; see {@link localFile}. */
export type OpensLocalFile = (control: RunControl) => Promise<LocalFile>;

/** Whether this is one source, not several by name. */
export function isFileSource(source: FileSource | object): source is FileSource {
  if (typeof source === 'string' || source instanceof URL) return true;
  return 'copyTo' in source && typeof source.copyTo === 'function';
}

/**
 * Checks a source and reads nothing. The function given back makes it a file on this machine, fetched where it is remote: then
 * progress counts bytes in the phase `fetch`, and it throws STORAGE_FULL, STORAGE_FAILED and what the source throws.
 * @param loader first word of messages: "csv"
 * @throws OPTION_INVALID for a URL that is no `file:` URL
 */
export function localFile(loader: string, source: FileSource): OpensLocalFile {
  if (typeof source !== 'string' && !(source instanceof URL)) return (control) => temporaryFile(source, control);
  const path = filePath(loader, source);
  return async () => ({ path, name: path, remove: async () => {} });
}

async function temporaryFile(source: ByteSource, control: RunControl): Promise<LocalFile> {
  const folder = await mkdtemp(join(tmpdir(), 'tabwright-')).catch((error: unknown) => {
    throw storageError(`cannot make a folder in ${tmpdir()}`, error);
  });
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, 'data');
    await fetchTo(path, source, control);
    return { path, name: source.name, remove };
  } catch (error) {
    await remove().catch(() => undefined);
    throw error;
  }
}

async function fetchTo(path: string, source: ByteSource, { signal, onProgress }: RunControl): Promise<void> {
  const { name } = source;
  const onBytes = (completed: number, total = completed) =>
    onProgress?.({ phase: 'fetch', completed, total: Math.max(total, completed), message: name });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await source.copyTo(file, { signal, onBytes });
    } finally {
      await file.close();
    }
  } catch (error) {
    throw isTabwrightError(error) ? error : storageError(`cannot store ${name} in ${tmpdir()}`, error);
  }
}
