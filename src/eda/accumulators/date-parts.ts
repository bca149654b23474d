// Counts of instants by hour, day of the week and month (UTC), and of those that are likely placeholders.
import { DAY_MS } from '../../core/day-ms.js';
import type { SuspiciousDates } from '../column-profile-types.js';

const HOUR_MS = 3_600_000;
const YEAR_1900 = Date.UTC(1900, 0, 1);
/** What spreadsheets and databases put for no date. */
const PLACEHOLDERS: ReadonlySet<number> = new Set([
  YEAR_1900,
  Date.UTC(1899, 11, 30),
  Date.UTC(1899, 11, 31),
  Date.UTC(1753, 0, 1),
  Date.UTC(2099, 11, 31),
  Date.UTC(9999, 11, 31),
  new Date('0001-01-01T00:00:00Z').getTime(),
]);

/** What is counted. */
export interface DatePartCounts {
  readonly byHour: readonly number[];
  readonly byWeekday: readonly number[];
  readonly byMonth: readonly number[];
  readonly isDateOnly: boolean;
  readonly suspicious: SuspiciousDates;
}

/** Counts instants; NaN is missing. */
export class DateParts {
  private readonly nowMs: number;
  private readonly hours = new Float64Array(24);
  private readonly weekdays = new Float64Array(7);
  private readonly months = new Float64Array(12);
  private readonly suspicious = { future: 0, before1900: 0, epoch: 0, placeholder: 0 };
  private isDateOnly = true;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  add(values: Float64Array): void {
    for (let i = 0; i < values.length; i++) {
      const ms = values[i] as number;
      if (ms - ms !== 0) continue;
      const day = Math.floor(ms / DAY_MS);
      const rest = ms - day * DAY_MS;
      if (rest !== 0) this.isDateOnly = false;
      count(this.hours, Math.floor(rest / HOUR_MS));
      count(this.weekdays, (((day + 3) % 7) + 7) % 7); // 1970-01-01 was a Thursday
      count(this.months, monthOf(day));
      if (ms > this.nowMs || ms <= YEAR_1900 || ms === 0) this.suspect(ms);
    }
  }

  counts(): DatePartCounts {
    return {
      byHour: [...this.hours],
      byWeekday: [...this.weekdays],
      byMonth: [...this.months],
      isDateOnly: this.isDateOnly,
      suspicious: { ...this.suspicious },
    };
  }

  private suspect(ms: number): void {
    const day = Math.floor(ms / DAY_MS) * DAY_MS;
    if (PLACEHOLDERS.has(day)) this.suspicious.placeholder += 1;
    else if (ms === 0) this.suspicious.epoch += 1;
    else if (ms > this.nowMs) this.suspicious.future += 1;
    else if (ms < YEAR_1900) this.suspicious.before1900 += 1;
  }
}

function count(counts: Float64Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

/** Month (0 to 11) of a day since 1970: Hinnant, "chrono-compatible low-level date algorithms" (2013). */
function monthOf(day: number): number {
  const shifted = day + 719_468;
  const era = shifted - Math.floor(shifted / 146_097) * 146_097;
  const year = Math.floor((era - Math.floor(era / 1460) + Math.floor(era / 36_524) - Math.floor(era / 146_096)) / 365);
  const ofYear = era - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  return (Math.floor((5 * ofYear + 2) / 153) + 2) % 12;
}
