import type { CellParser } from './cell-parser.js';

const PLAIN = spellings(['true', 'True', 'TRUE'], ['false', 'False', 'FALSE']);
const DECLARED = spellings(
  ['t', 'T', 'yes', 'Yes', 'YES', 'y', 'Y', '1'],
  ['f', 'F', 'no', 'No', 'NO', 'n', 'N', '0'],
  PLAIN,
);
const LONGEST = 5;

/**
 * A parser of booleans as 1 and 0: `true` and `false`, capitalised or in capitals; in a column declared boolean, also `t`, `yes`,
 * `y`, `1` and their opposites, which elsewhere are categories or numbers.
 */
export function booleanParser(declared: boolean): CellParser {
  const known = declared ? DECLARED : PLAIN;
  return function parseBoolean(bytes, start, end) {
    if (end - start > LONGEST) return Number.NaN;
    let word = '';
    for (let at = start; at < end; at++) word += String.fromCharCode(bytes[at] as number);
    return known.get(word) ?? Number.NaN;
  };
}

function spellings(
  yes: readonly string[],
  no: readonly string[],
  more: Iterable<readonly [string, number]> = [],
): Map<string, number> {
  return new Map([...more, ...yes.map((word) => [word, 1] as const), ...no.map((word) => [word, 0] as const)]);
}
