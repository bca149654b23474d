import { TabwrightError } from '../core/tabwright-error.js';

/** The numbers that a step is defined for. */
export interface NumberDomain {
  /** In words: "greater than 0". */
  readonly rule: string;
  readonly accepts: (value: number) => boolean;
}

const SHOWN_ROWS = 5;

/** @throws VALUE_INVALID with the rows of a column that are outside the domain; missing is inside */
export function checkDomain(
  step: string,
  column: string,
  { rule, accepts }: NumberDomain,
  numbers: Float64Array,
): void {
  let count = 0;
  const rows: number[] = [];
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row] as number;
    if (Number.isNaN(value) || accepts(value)) continue;
    count += 1;
    if (rows.length < SHOWN_ROWS) rows.push(row);
  }
  if (count === 0) return;
  const problem = { column, rule: `must be ${rule}`, kind: 'number', count, rows };
  const message = `${step}: column ${column} must be ${rule}, broken in ${count} row${count === 1 ? '' : 's'}`;
  throw new TabwrightError('VALUE_INVALID', message, { problems: [problem] });
}
