// ISO 8601 dates and date-times as epoch milliseconds; days by Howard Hinnant's days_from_civil.
import { isMissing, trimmedEnd, trimmedStart } from './csv-missing';

const NONE: i64 = i64.MIN_VALUE;
const MS_PER_DAY: i64 = 86400000;

/**
 * Reads cells as float64 until one is neither missing (NaN) nor `YYYY-MM-DD`, alone or followed by `T` or a space and `hh:mm:ss`,
 * with or without `Z`; returns how many it read.
 */
export function readDates(cells: usize, stride: usize, nRows: i32, text: usize, out: usize, dialect: usize): i32 {
  for (let row = 0; row < nRows; row++) {
    const cellEnd = text + <usize>load<i32>(cells, 4);
    const start = trimmedStart(text + <usize>load<i32>(cells), cellEnd);
    const end = trimmedEnd(start, cellEnd);
    let value = NaN;
    if (!isMissing(start, end, dialect)) {
      const ms = instant(start, <i32>(end - start));
      if (ms == NONE) return row;
      value = <f64>ms;
    }
    store<f64>(out, value);
    out += 8;
    cells += stride;
  }
  return nRows;
}

// @ts-expect-error: decorator
@inline
function instant(start: usize, length: i32): i64 {
  const day = length < 10 ? NONE : epochDay(start);
  if (day == NONE) return NONE;
  if (length == 10) return day * MS_PER_DAY;
  if (length != 19 && (length != 20 || load<u8>(start, 19) != 0x5a)) return NONE;
  const separator = load<u8>(start, 10);
  if (separator != 0x54 && separator != 0x20) return NONE;
  if (load<u8>(start, 13) != 0x3a || load<u8>(start, 16) != 0x3a) return NONE;
  const hour = twoDigits(start + 11);
  const minute = twoDigits(start + 14);
  const second = twoDigits(start + 17);
  if (hour > 23 || minute > 59 || second > 59) return NONE;
  return day * MS_PER_DAY + <i64>(hour * 3600 + minute * 60 + second) * 1000;
}

// @ts-expect-error: decorator
@inline
function epochDay(start: usize): i64 {
  if (load<u8>(start, 4) != 0x2d || load<u8>(start, 7) != 0x2d) return NONE;
  const century = twoDigits(start);
  const ofCentury = twoDigits(start + 2);
  const month = twoDigits(start + 5);
  const day = twoDigits(start + 8);
  if (century > 99 || ofCentury > 99 || month - 1 > 11 || day - 1 > 30) return NONE;
  const year = century * 100 + ofCentury;
  if (day > 28 && day > daysInMonth(year, month)) return NONE;
  // Years begin in March here, so that the leap day is the last of its year; 400 years keep all above zero.
  const marchYear = year + 400 - <u32>(month <= 2);
  const era = marchYear / 400;
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return <i64>(era * 146097 + dayOfEra) - 865565;
}

function daysInMonth(year: u32, month: u32): u32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}

/** The number of two digits, or one past 99. */
// @ts-expect-error: decorator
@inline
function twoDigits(at: usize): u32 {
  const tens = <u32>load<u8>(at) - 0x30;
  const ones = <u32>load<u8>(at, 1) - 0x30;
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}
