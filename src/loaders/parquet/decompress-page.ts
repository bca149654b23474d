// Decompresses a page into exactly as many bytes as its header says, so that no page can take more memory than it declares.
import * as zlib from 'node:zlib';
import { decompressLz4, decompressLz4Raw, decompressSnappy, decompressZstd } from 'hyparquet-compressors';
import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { malformed } from './malformed.js';

type Decompress = (input: Uint8Array, nBytes: number) => Uint8Array;

/** Most bytes of one page; writers make pages of about one mebibyte. */
const MAX_PAGE_BYTES = 2 ** 30;
/** What the formats that are given their room in advance can at most make of a byte. */
const MAX_RATIO = 256;

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  SNAPPY: bounded(decompressSnappy),
  LZ4: bounded(decompressLz4),
  LZ4_RAW: bounded(decompressLz4Raw),
  GZIP: (input, nBytes) => zlib.gunzipSync(input, { maxOutputLength: Math.max(nBytes, 1) }),
  BROTLI: (input, nBytes) => zlib.brotliDecompressSync(input, { maxOutputLength: Math.max(nBytes, 1) }),
  ZSTD: zstd,
};

/**
 * The bytes of a page.
 * @throws PARQUET_MALFORMED where they are not as many as declared; DATA_TOO_LARGE past 1 GiB
 */
export function decompressPage(input: Uint8Array, codec: string, nBytes: number): Uint8Array {
  if (nBytes > MAX_PAGE_BYTES) {
    throw new TabwrightError('DATA_TOO_LARGE', `a page must have at most ${MAX_PAGE_BYTES} bytes, got ${nBytes}`);
  }
  const page = codec === 'UNCOMPRESSED' || nBytes === 0 ? input : unpacked(input, codec, nBytes);
  if (page.length === nBytes || nBytes === 0) return page.subarray(0, nBytes);
  throw malformed(`a page must have ${nBytes} bytes, got ${page.length}`);
}

function unpacked(input: Uint8Array, codec: string, nBytes: number): Uint8Array {
  try {
    return (DECOMPRESS[codec] as Decompress)(input, nBytes);
  } catch (error) {
    throw isTabwrightError(error) ? error : malformed(`the ${codec} data of a page are damaged or cut off`, error);
  }
}

function bounded(decompress: Decompress): Decompress {
  return (input, nBytes) => {
    if (nBytes > MAX_RATIO * input.length) throw malformed(`a page cannot have the ${nBytes} bytes that it declares`);
    return decompress(input, nBytes);
  };
}

function zstd(input: Uint8Array, nBytes: number): Uint8Array {
  const { zstdDecompressSync } = zlib as {
    zstdDecompressSync?: (input: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;
  };
  if (zstdDecompressSync !== undefined) return zstdDecompressSync(input, { maxOutputLength: nBytes });
  return decompressZstd(input, new Uint8Array(nBytes));
}
