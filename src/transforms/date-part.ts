// Parts of the calendar date and the time of day of an instant, as pandas counts them.

const DAY_MS = 86_400_000;

/** How a part is computed from a date whose UTC fields are those asked for, and how it goes round. */
interface DatePartRule {
  readonly of: (date: Date) => number;
  /** Values before it starts again, and the first of them; absent where it never does. */
  readonly cycle?: { readonly length: number; readonly first: number };
}

const RULES = {
  year: { of: (date) => date.getUTCFullYear() },
  quarter: { of: (date) => Math.floor(date.getUTCMonth() / 3) + 1, cycle: { length: 4, first: 1 } },
  month: { of: (date) => date.getUTCMonth() + 1, cycle: { length: 12, first: 1 } },
  week: { of: isoWeek, cycle: { length: 53, first: 1 } },
  dayOfYear: { of: dayOfYear, cycle: { length: 366, first: 1 } },
  day: { of: (date) => date.getUTCDate(), cycle: { length: 31, first: 1 } },
  weekday: { of: weekday, cycle: { length: 7, first: 0 } },
  weekend: { of: (date) => Math.floor(weekday(date) / 5) },
  hour: { of: (date) => date.getUTCHours(), cycle: { length: 24, first: 0 } },
  minute: { of: (date) => date.getUTCMinutes(), cycle: { length: 60, first: 0 } },
  second: { of: (date) => date.getUTCSeconds(), cycle: { length: 60, first: 0 } },
} as const satisfies Record<string, DatePartRule>;

/** A part of an instant. */
export type DatePart = keyof typeof RULES;
export const DATE_PARTS = Object.keys(RULES) as readonly DatePart[];

/** How a part is computed, and how it goes round. */
export function datePart(part: DatePart): DatePartRule {
  return RULES[part];
}

/** 0 is Monday. */
function weekday(date: Date): number {
  return (date.getUTCDay() + 6) % 7;
}

/** 1 is January 1. */
function dayOfYear(date: Date): number {
  return (startOfDay(date) - startOfYear(date.getUTCFullYear())) / DAY_MS + 1;
}

/** ISO 8601: the week of the year that the Thursday of the same week is in. */
function isoWeek(date: Date): number {
  const thursday = new Date(startOfDay(date) + (3 - weekday(date)) * DAY_MS);
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1;
}

function startOfDay(date: Date): number {
  return Math.floor(date.getTime() / DAY_MS) * DAY_MS;
}

/** Date.UTC takes years below 100 for those of the twentieth century. */
function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}
