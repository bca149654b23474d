// ISO 8601 dates and date-times from bytes, as epoch milliseconds; days by Howard Hinnant's days_from_civil (chrono-compatible dates).

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MS_PER_DAY = 86_400_000;
const MS_PER_HOUR = 3_600_000;
const MS_PER_MINUTE = 60_000;

/**
 * The instant of `YYYY-MM-DD`, alone or followed by `T` or a space, `hh:mm`, `:ss`, a fraction of a second (cut to milliseconds)
 * and an offset (`Z`, `+hh:mm`, `+hhmm`, `+hh`); UTC where there is no offset. NaN for anything else, also a 30th of February.
 */
export function parseDateTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 10 || bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return Number.NaN;
  const century = twoDigits(bytes, start);
  const year = century * 100 + twoDigits(bytes, start + 2);
  const day = epochDay(year, twoDigits(bytes, start + 5), twoDigits(bytes, start + 8));
  if (end - start === 10) return day * MS_PER_DAY;
  const separator = bytes[start + 10];
  if (separator !== 0x54 && separator !== 0x20) return Number.NaN;
  return day * MS_PER_DAY + timeOfDay(bytes, start + 11, end);
}

/** Milliseconds from midnight UTC of `hh:mm[:ss[.fff]][offset]`; 24:00 is the end of the day, and nothing is after it. */
function timeOfDay(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 5 || bytes[start + 2] !== 0x3a) return Number.NaN;
  const hour = twoDigits(bytes, start);
  let ms = clock(hour, twoDigits(bytes, start + 3));
  let at = start + 5;
  if (at + 3 <= end && bytes[at] === 0x3a) {
    const second = twoDigits(bytes, at + 1);
    if (!(second < 60)) return Number.NaN;
    ms += second * 1000;
    at += 3;
    if (at < end && bytes[at] === 0x2e) {
      const stop = digitsEnd(bytes, at + 1, end);
      if (stop === at + 1) return Number.NaN;
      ms += milliseconds(bytes, at + 1, stop);
      at = stop;
    }
  }
  if (!(hour < 24 || ms === MS_PER_DAY)) return Number.NaN;
  return at === end ? ms : ms - offset(bytes, at, end);
}

/** Milliseconds east of UTC of `Z`, `+hh`, `+hhmm` or `+hh:mm`. */
function offset(bytes: Uint8Array, start: number, end: number): number {
  const sign = bytes[start];
  const length = end - start;
  if (sign === 0x5a) return length === 1 ? 0 : Number.NaN;
  if (sign !== 0x2b && sign !== 0x2d) return Number.NaN;
  const hours = twoDigits(bytes, start + 1);
  const colon = bytes[start + 3] === 0x3a ? 1 : 0;
  if (length !== 3 && length !== 5 + colon) return Number.NaN;
  if (!(hours < 24)) return Number.NaN;
  const ms = clock(hours, length === 3 ? 0 : twoDigits(bytes, start + 3 + colon));
  return sign === 0x2d ? -ms : ms;
}

function clock(hour: number, minute: number): number {
  return hour <= 24 && minute < 60 ? hour * MS_PER_HOUR + minute * MS_PER_MINUTE : Number.NaN;
}

function epochDay(year: number, month: number, day: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const nDays = month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  if (!(day >= 1 && day <= nDays)) return Number.NaN;
  // Years begin in March here, so that the leap day is the last of its year.
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The number of two digits, or NaN. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = digit(bytes, at);
  return tens * 10 + digit(bytes, at + 1);
}

function digit(bytes: Uint8Array, at: number): number {
  const value = (bytes[at] ?? 0) - 0x30;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && !Number.isNaN(digit(bytes, at))) at += 1;
  return at;
}

/** The first three digits of a fraction of a second, the rest cut off. */
function milliseconds(bytes: Uint8Array, start: number, end: number): number {
  let ms = 0;
  for (let i = 0; i < 3; i++) ms = ms * 10 + (start + i < end ? digit(bytes, start + i) : 0);
  return ms;
}
