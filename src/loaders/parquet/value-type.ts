// What a Parquet column becomes here: its physical and logical types as one of the library's four kinds of column.
import type { SchemaElement } from 'hyparquet';
import type { FieldType } from '../../core/feature-spec.js';
import { TabwrightError } from '../../core/tabwright-error.js';

/** How one stored value is read. Plain data: threads are given it. */
export interface ValueType {
  readonly kind: 'number' | 'date' | 'boolean' | 'string';
  /** Form of a value in PLAIN encoding. */
  readonly stored: 'bit' | 'int32' | 'int64' | 'int96' | 'float' | 'double' | 'bytes' | 'fixed';
  /** Bytes of a value where all have as many, else 0. */
  readonly width: number;
  readonly isUnsigned: boolean;
  /** A number is the stored integer times this; a day's milliseconds. */
  readonly factor: number;
  /** Stored units of time in a millisecond; what is left of one is cut off. */
  readonly unitsPerMs: number;
  /** Digits after the point of a decimal; -1 where it is none. */
  readonly scale: number;
  /** Integers that are no doubles: refused, rounded (declared numbers), or all integers as text (declared strings). */
  readonly largeIntegers: 'refuse' | 'round' | 'digits';
  /** Fixed bytes of a known meaning. */
  readonly meaning: 'none' | 'float16' | 'uuid';
}

const PLAIN: Omit<ValueType, 'kind' | 'stored' | 'width'> = {
  isUnsigned: false,
  factor: 1,
  unitsPerMs: 1,
  scale: -1,
  largeIntegers: 'refuse',
  meaning: 'none',
};
const UNITS_PER_MS = { MILLIS: 1, MICROS: 1000, NANOS: 1_000_000 };
const MS_PER_DAY = 86_400_000;

/**
 * How the values of a leaf of the schema are read.
 * @param declared what the schema of the features says of it
 * @throws COLUMN_INVALID for types that no column here can hold
 */
export function valueType(element: SchemaElement, declared: FieldType | undefined): ValueType {
  switch (element.type) {
    case 'BOOLEAN':
      return { ...PLAIN, kind: 'boolean', stored: 'bit', width: 0 };
    case 'FLOAT':
      return { ...PLAIN, kind: 'number', stored: 'float', width: 4 };
    case 'DOUBLE':
      return { ...PLAIN, kind: 'number', stored: 'double', width: 8 };
    case 'INT96':
      return { ...PLAIN, kind: 'date', stored: 'int96', width: 12 };
    case 'INT32':
    case 'INT64':
      return integerType(element, declared);
    case 'BYTE_ARRAY':
      return bytesType(element);
    case 'FIXED_LEN_BYTE_ARRAY':
      return fixedType(element);
    default:
      throw refused(element, 'has no type');
  }
}

function integerType(element: SchemaElement, declared: FieldType | undefined): ValueType {
  const { converted_type: converted, logical_type: logical } = element;
  const stored =
    element.type === 'INT32'
      ? ({ ...PLAIN, stored: 'int32', width: 4 } as const)
      : ({ ...PLAIN, stored: 'int64', width: 8 } as const);
  if (logical?.type === 'DATE' || converted === 'DATE') return { ...stored, kind: 'date', factor: MS_PER_DAY };
  if (logical?.type === 'TIMESTAMP') return { ...stored, kind: 'date', unitsPerMs: UNITS_PER_MS[logical.unit] };
  if (converted === 'TIMESTAMP_MILLIS') return { ...stored, kind: 'date' };
  if (converted === 'TIMESTAMP_MICROS') return { ...stored, kind: 'date', unitsPerMs: UNITS_PER_MS.MICROS };
  if (logical?.type === 'TIME') return { ...stored, kind: 'number', unitsPerMs: UNITS_PER_MS[logical.unit] };
  if (converted === 'TIME_MICROS') return { ...stored, kind: 'number', unitsPerMs: UNITS_PER_MS.MICROS };
  if (isDecimal(element)) return { ...stored, kind: 'number', scale: scaleOf(element) };
  const isUnsigned = (logical?.type === 'INTEGER' && !logical.isSigned) || (converted?.startsWith('UINT_') ?? false);
  if (declared === 'string') return { ...stored, kind: 'string', isUnsigned, largeIntegers: 'digits' };
  const largeIntegers = declared === undefined ? 'refuse' : 'round';
  return { ...stored, kind: 'number', isUnsigned, largeIntegers };
}

function bytesType(element: SchemaElement): ValueType {
  const { converted_type: converted, logical_type: logical } = element;
  const stored = { ...PLAIN, stored: 'bytes', width: 0 } as const;
  if (isDecimal(element)) return { ...stored, kind: 'number', scale: scaleOf(element) };
  if (converted === 'BSON' || logical?.type === 'BSON') throw refused(element, 'holds BSON');
  if (logical?.type === 'GEOMETRY' || logical?.type === 'GEOGRAPHY') throw refused(element, 'holds geometry');
  return { ...stored, kind: 'string' };
}

function fixedType(element: SchemaElement): ValueType {
  const { type_length: width = 0, logical_type: logical, converted_type: converted } = element;
  const stored = { ...PLAIN, stored: 'fixed', width } as const;
  if (width < 1) throw refused(element, 'has values of no length');
  if (isDecimal(element)) return { ...stored, kind: 'number', scale: scaleOf(element) };
  if (logical?.type === 'FLOAT16' && width === 2) return { ...stored, kind: 'number', meaning: 'float16' };
  if (logical?.type === 'UUID' && width === 16) return { ...stored, kind: 'string', meaning: 'uuid' };
  throw refused(element, converted === 'INTERVAL' ? 'holds intervals' : 'holds bytes of fixed length');
}

function isDecimal({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted === 'DECIMAL' || logical?.type === 'DECIMAL';
}

function scaleOf(element: SchemaElement): number {
  const { logical_type: logical } = element;
  const scale = (logical?.type === 'DECIMAL' ? logical.scale : element.scale) || 0;
  if (scale >= 0 && scale <= 76) return scale;
  throw refused(element, 'has a decimal scale outside [0, 76]');
}

function refused({ name }: SchemaElement, why: string): TabwrightError {
  return new TabwrightError('COLUMN_INVALID', `column ${name} ${why}, which is not read; choose others with columns`);
}
