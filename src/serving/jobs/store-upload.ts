// An upload to a file: a body as it is, or the one file of a form (RFC 7578). What breaks off, or is too large, leaves no file.
import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createFile } from '../../core/durable-files.js';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { Upload } from '../route.js';
import type { ProfileFolder } from './profile-folder.js';
import type { ProfileFormat } from './profile-source.js';
import { formatOf } from './profile-source.js';

/** Bodies that are a file as they are, by media type. */
export const UPLOAD_FORMATS: Readonly<Record<string, ProfileFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/vnd.apache.parquet': 'parquet',
};

/** A file that arrived. */
export interface StoredUpload {
  /** Its name in the folder of uploads. */
  readonly file: string;
  /** What its sender called it. */
  readonly name: string;
  readonly format: ProfileFormat;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
}

const FORM_LIMITS = { files: 1, fields: 0, parts: 2, headerPairs: 20, headerSize: 4096, fieldNameSize: 100 };

/** Stores what is uploaded. @throws REQUEST_INVALID, BODY_TOO_LARGE, STORAGE_FULL, STORAGE_FAILED */
export function storeUpload(upload: Upload, folder: ProfileFolder): Promise<StoredUpload> {
  const format = UPLOAD_FORMATS[upload.mediaType];
  if (format !== undefined) return storePieces(upload.pieces, folder, { name: `upload.${format}`, format });
  return storeForm(upload, folder);
}

interface Named {
  readonly name: string;
  readonly format: ProfileFormat;
}

async function storePieces(
  pieces: AsyncIterable<Uint8Array>,
  folder: ProfileFolder,
  { name, format }: Named,
): Promise<StoredUpload> {
  const file = `${randomUUID()}.${format}`;
  const path = await folder.uploadPath(file);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      sizeBytes += piece.length;
      hash.update(piece);
      yield piece;
    }
    if (sizeBytes === 0) throw new TabwrightError('REQUEST_INVALID', 'the file must not be empty');
  }
  try {
    await createFile(path, hashed());
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { file, name, format, digest: hash.digest('hex') };
}

async function storeForm({ contentType, pieces }: Upload, folder: ProfileFolder): Promise<StoredUpload> {
  const { Busboy } = await import('@fastify/busboy');
  let stored: Promise<StoredUpload> | undefined;
  let stream: Readable | undefined;
  let broken: TabwrightError | undefined;
  const form = parser(() => new Busboy({ headers: { 'content-type': contentType }, limits: FORM_LIMITS }));
  // What breaks off is told once more after the pipeline has let go of the form; its first error is the answer.
  form.on('error', () => undefined);
  form.on('file', (_field, file, name, _encoding, mediaType) => {
    file.on('error', () => undefined);
    stream = file;
    stored = storePieces(file, folder, named(name, mediaType));
    // Its error is taken after the form's end; until then nobody waits for it.
    stored.catch((error: Error) => form.destroy(error));
  });
  for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
    form.on(limit, () => {
      broken ??= invalid('have one file and nothing else: options go in the query');
    });
  }
  try {
    await pipeline(Readable.from(pieces), form);
    if (stored === undefined) throw broken ?? invalid('have a file');
    if (broken !== undefined) throw broken;
    return await stored;
  } catch (error) {
    stream?.destroy(error as Error);
    const left = await stored?.catch(() => undefined);
    if (left !== undefined) await folder.removeUpload(left.file);
    throw isTabwrightError(error) ? error : invalid('be whole and well-formed', error);
  }
}

function parser<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw invalid('name its boundary', error);
  }
}

/** The name is for people; no path is made of it. */
function named(name: string | undefined, mediaType: string): Named {
  const shown = (name ?? '').replaceAll(/[\p{C}/\\]/gu, '').slice(-200) || 'upload';
  return { name: shown, format: UPLOAD_FORMATS[mediaType] ?? formatOf(shown) };
}

function invalid(rule: string, cause?: unknown): TabwrightError {
  return new TabwrightError('REQUEST_INVALID', `the form must ${rule}`, { cause });
}
