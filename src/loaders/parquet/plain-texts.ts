// Values that become strings but are not stored as text: UUIDs, and integers that were declared strings.
import type { ByteRange } from './hybrid-runs.js';
import { malformed } from './malformed.js';
import type { ValueType } from './value-type.js';

/**
 * Values in PLAIN encoding as the PLAIN encoding of their text.
 * @throws PARQUET_MALFORMED
 */
export function plainTexts(range: ByteRange, type: ValueType, count: number): ByteRange {
  if (type.stored === 'bytes') return range;
  if (range.end - range.start < count * type.width) throw malformed('a page has fewer values than it says');
  const view = new DataView(range.bytes.buffer, range.bytes.byteOffset + range.start, count * type.width);
  const text = type.meaning === 'uuid' ? uuidText : integerText(type);
  const pieces: Buffer[] = [];
  for (let i = 0; i < count; i++) {
    const piece = Buffer.from(`    ${text(view, i * type.width)}`, 'latin1');
    piece.writeInt32LE(piece.length - 4);
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  return { bytes, start: 0, end: bytes.length };
}

function uuidText(view: DataView, at: number): string {
  const digits = Buffer.from(view.buffer, view.byteOffset + at, 16).toString('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function integerText({ width, isUnsigned }: ValueType): (view: DataView, at: number) => string {
  if (width === 4) return (view, at) => String(isUnsigned ? view.getUint32(at, true) : view.getInt32(at, true));
  return (view, at) => String(isUnsigned ? view.getBigUint64(at, true) : view.getBigInt64(at, true));
}
