const CODECS: readonly string[] = ['UNCOMPRESSED', 'SNAPPY', 'LZ4', 'LZ4_RAW', 'GZIP', 'BROTLI', 'ZSTD'];

/** Whether pages of this codec can be read. */
export function isKnownCodec(codec: string): boolean {
  return CODECS.includes(codec);
}
