// The text of a file as a stream of UTF-8: decompressed and transcoded where the file is not plain, with a limit to what comes out.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { checkSignal } from '../core/check-signal.js';
import { isTabwrightError } from '../core/is-tabwright-error.js';
import { systemCode } from '../core/storage-error.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { ResolvedCsvFileOptions } from './csv/csv-file-options.js';

const CHUNK_BYTES = 1_048_576;
const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

type Compression = Exclude<ResolvedCsvFileOptions['compression'], undefined>;

/** What is told of a file before it is read. */
export interface StoredText {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  readonly compression: Compression;
  readonly encoding: string;
}

/** How a file's text is read. */
export interface ByteControl {
  /** Most bytes of text. */
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
  /** Hears how many bytes of the file, not of the text, are read. */
  readonly onBytes: (completed: number) => void;
}

/** The canonical name of an encoding. @throws OPTION_INVALID */
export function encodingName(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    const rule = 'must be an encoding that TextDecoder knows';
    throw new TabwrightError('OPTION_INVALID', `csv: encoding ${rule}, got ${JSON.stringify(label.slice(0, 40))}`, {
      cause,
    });
  }
}

/** How the file is stored, compression told from its first bytes where the options do not say. */
export async function storedText(
  { path, name }: Pick<StoredText, 'path' | 'name'>,
  options: Pick<ResolvedCsvFileOptions, 'compression' | 'encoding'>,
): Promise<StoredText> {
  const encoding = encodingName(options.encoding);
  return { path, name, encoding, compression: options.compression ?? (await foundCompression(path)) };
}

/** Whether the file's bytes are its text. */
export function isPlain({ compression, encoding }: StoredText): boolean {
  return compression === 'none' && encoding === 'utf-8';
}

/**
 * The text of a file in chunks.
 * @throws DATA_TOO_LARGE past the limit; CSV_MALFORMED for damaged compressed data; TEXT_ENCODING; PACKAGE_MISSING for zstd on a
 * Node without it; CANCELLED; what reading throws
 */
export async function* textBytes(stored: StoredText, control: ByteControl): AsyncGenerator<Buffer> {
  let nBytes = 0;
  for await (const chunk of transcoded(stored, control)) {
    checkSignal(control.signal);
    nBytes += chunk.length;
    if (nBytes > control.maxBytes) {
      const rule = `the text must have at most ${control.maxBytes} bytes (maxBytes)`;
      throw new TabwrightError('DATA_TOO_LARGE', `${stored.name}: ${rule}`);
    }
    yield chunk;
  }
}

async function foundCompression(path: string): Promise<Compression> {
  // Of a pipe, bytes looked at are gone.
  if (!(await stat(path)).isFile()) return 'none';
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const startsWith = (magic: number[]) => bytesRead >= magic.length && magic.every((byte, i) => byte === buffer[i]);
    return startsWith(GZIP) ? 'gzip' : startsWith(ZSTD) ? 'zstd' : 'none';
  } finally {
    await file.close();
  }
}

async function* transcoded(stored: StoredText, control: ByteControl): AsyncGenerator<Buffer> {
  const { encoding, name } = stored;
  if (encoding === 'utf-8') {
    yield* decompressed(stored, control);
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Buffer): Buffer => {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch (cause) {
      throw new TabwrightError('TEXT_ENCODING', `${name}: the text must be ${encoding}, but is not`, { cause });
    }
  };
  for await (const chunk of decompressed(stored, control)) yield decode(chunk);
  yield decode();
}

async function* decompressed(stored: StoredText, control: ByteControl): AsyncGenerator<Buffer> {
  const source = fileChunks(stored.path, control);
  if (stored.compression === 'none') {
    yield* source;
    return;
  }
  const unpack = decompressor(stored.compression);
  // Its error reaches the loop below through the transform, which it destroys.
  const piping = pipeline(source, unpack).catch(() => {});
  try {
    yield* unpack as AsyncIterable<Buffer>;
  } catch (error) {
    checkSignal(control.signal);
    if (isTabwrightError(error) || systemCode(error)?.startsWith('E')) throw error;
    const what = `the ${stored.compression} data are damaged or cut off`;
    throw new TabwrightError('CSV_MALFORMED', `${stored.name}: ${what}`, { cause: error });
  } finally {
    unpack.destroy();
    await piping;
  }
}

async function* fileChunks(path: string, { signal, onBytes }: ByteControl): AsyncGenerator<Buffer> {
  let nRead = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    checkSignal(signal);
    nRead += (chunk as Buffer).length;
    onBytes(nRead);
    yield chunk as Buffer;
  }
}

function decompressor(compression: Exclude<Compression, 'none'>): Transform {
  if (compression === 'gzip') return zlib.createGunzip({ chunkSize: 262_144 });
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  if (createZstdDecompress !== undefined) return createZstdDecompress();
  throw new TabwrightError(
    'PACKAGE_MISSING',
    'csv: zstd needs the node:zlib of Node 22.15 or later; gzip works on any',
  );
}
