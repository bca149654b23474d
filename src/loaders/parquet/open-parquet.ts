// A Parquet file that is open: its descriptor or bytes, its size and its plan.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { LocalFile } from '../local-file.js';
import { readError } from '../read-error.js';
import { malformed } from './malformed.js';
import { type ParquetPlan, type PlanRequest, planParquet } from './parquet-plan.js';

/** Bytes of a whole file, and what messages call it. */
export interface NamedBytes {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** What to read of a file. */
export type OpenRequest = Pick<PlanRequest, 'columns' | 'types'>;

/** An open file. */
export interface OpenParquet {
  /** Its descriptor, or its bytes in memory that threads share. */
  readonly file: number | Uint8Array;
  readonly plan: ParquetPlan;
  /** Bytes of the pages to read. */
  readonly nBytes: number;
  /** What messages call it. */
  readonly name: string;
  /** Removes what was made for it, too. */
  close(): Promise<void>;
}

const MAGIC = 'PAR1';
const ENCRYPTED_MAGIC = 'PARE';
/** The length of the footer, and the magic. */
const TAIL_BYTES = 8;
const MAX_FOOTER_BYTES = 2 ** 28;

/**
 * Opens a file and reads its footer.
 * @throws FILE_NOT_FOUND, STORAGE_FAILED, and the errors of {@link planParquet}, with the file's name
 */
export function openParquet(place: LocalFile | NamedBytes, request: OpenRequest): OpenParquet {
  const { name } = place;
  const opened = 'bytes' in place ? sharedBytes(place.bytes) : openFile(place);
  try {
    const { bytes: footer, start } = readFooter(opened);
    const plan = planParquet(footer, { ...request, footerStart: start });
    const nBytes = plan.columns.flatMap(({ chunks }) => chunks).reduce((sum, chunk) => sum + chunk.nBytes, 0);
    return { ...opened, name, plan, nBytes };
  } catch (error) {
    if (typeof opened.file === 'number') closeSync(opened.file);
    throw withName(name, error);
  }
}

/** Puts the file in front of what is wrong with it. */
export function withName(name: string, error: unknown): unknown {
  if (!isTabwrightError(error) || error.message.startsWith(`${name}: `) || error.code === 'CANCELLED') return error;
  return new TabwrightError(error.code, `${name}: ${error.message}`, { cause: error });
}

type Opened = Pick<OpenParquet, 'file' | 'close'> & { readonly size: number };

function openFile({ path, remove }: LocalFile): Opened {
  try {
    const file = openSync(path, 'r');
    const close = (): Promise<void> => {
      closeSync(file);
      return remove();
    };
    return { file, size: fstatSync(file).size, close };
  } catch (error) {
    throw readError('parquet', path, error);
  }
}

function sharedBytes(bytes: Uint8Array): Opened {
  const file = new Uint8Array(new SharedArrayBuffer(bytes.length));
  file.set(bytes);
  return { file, size: bytes.length, close: async () => {} };
}

/** The footer with its tail, and where it starts. */
function readFooter(opened: Opened): { readonly bytes: Uint8Array; readonly start: number } {
  const { size } = opened;
  if (size < MAGIC.length + TAIL_BYTES) throw malformed(`a Parquet file has at least 12 bytes, got ${size}`);
  const tail = bytesAt(opened, size - TAIL_BYTES, TAIL_BYTES);
  const magic = tail.toString('latin1', 4);
  if (magic === ENCRYPTED_MAGIC) throw malformed('encrypted files are not read');
  if (magic !== MAGIC || bytesAt(opened, 0, 4).toString('latin1') !== MAGIC) {
    throw malformed('this is no Parquet file, or it is cut off: it must start and end with PAR1');
  }
  const nBytes = tail.readUInt32LE(0);
  const start = size - TAIL_BYTES - nBytes;
  if (start < MAGIC.length) throw malformed('the footer is longer than the file');
  if (nBytes > MAX_FOOTER_BYTES) throw malformed(`the footer must have at most ${MAX_FOOTER_BYTES} bytes`);
  return { bytes: bytesAt(opened, start, nBytes + TAIL_BYTES), start };
}

function bytesAt({ file }: Opened, start: number, nBytes: number): Buffer {
  const bytes = Buffer.alloc(nBytes);
  if (typeof file !== 'number') bytes.set(file.subarray(start, start + nBytes));
  else if (readSync(file, bytes, 0, nBytes, start) < nBytes)
    throw malformed('the file became shorter while it was read');
  return bytes;
}
