import type { BooleanColumn } from './boolean-column.js';
import type { DateColumn } from './date-column.js';
import type { DictionaryColumn } from './dictionary-column.js';

/** A column as the library makes it: numbers are a Float64Array [nRows] with NaN for missing. */
export type Column = Float64Array | DictionaryColumn | BooleanColumn | DateColumn;
