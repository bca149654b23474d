// Events of some people over many days, the same in every process.
import type { Event } from '../naive-features.js';

const PEOPLE = Array.from({ length: 40 }, (_, i) => `person ${i}`);

/** An event an eighth of a day for each of forty people. */
export const manyEvents: readonly Event[] = PEOPLE.flatMap((who, i) =>
  Array.from({ length: 60 }, (_, eighths) => ({
    who,
    eighths,
    action: 'abc'[(i + eighths) % 3] ?? null,
    amount: (i * eighths) / 8,
    paid: eighths % 2 === 0,
  })),
);
