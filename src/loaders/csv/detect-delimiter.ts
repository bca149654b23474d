import { isTabwrightError } from '../../core/is-tabwright-error.js';
import { CellBlock } from './cell-block.js';
import type { CsvText } from './csv-text.js';
import { CsvTokenizer, INCOMPLETE } from './csv-tokenizer.js';
import { tooLong } from './head-too-long.js';

const COMMA = 0x2c;
const OTHERS = [...';\t|'].map((mark) => mark.charCodeAt(0));
const SAMPLE_ROWS = 200;
const NO_CELLS = new CellBlock(0, 0);

/**
 * The delimiter that gives the largest share of the first rows one and the same number of cells, more than one; of several
 * such, the one with more cells, then the first of comma, semicolon, tab and bar; a decimal comma yields to any other. A comma
 * where none does, as in a file of one column.
 */
export function detectDelimiter(text: CsvText): number {
  const isDecimal = text.dialect.decimal === COMMA;
  let best = { delimiter: COMMA, share: 0, nCells: 0 };
  for (const delimiter of isDecimal ? [...OTHERS, COMMA] : [COMMA, ...OTHERS]) {
    if (delimiter === text.dialect.quote) continue;
    const { share, nCells } = commonWidth({ ...text, dialect: { ...text.dialect, delimiter } });
    const breaksTie = nCells > best.nCells && !(delimiter === COMMA && isDecimal);
    if (nCells > 1 && (share > best.share || (share === best.share && breaksTie))) best = { delimiter, share, nCells };
  }
  return best.delimiter;
}

/** The most frequent number of cells among the first rows, and the share of the rows that have it. */
function commonWidth(text: CsvText): { share: number; nCells: number } {
  const widths = new Map<number, number>();
  const nRows = countWidths(text, widths);
  const [nCells, count] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  return { share: nRows === 0 ? 0 : count / nRows, nCells };
}

/** Counts rows by their number of cells; returns how many were tried, a last one that is malformed included. */
function countWidths(text: CsvText, widths: Map<number, number>): number {
  const tokenizer = new CsvTokenizer(text);
  for (let nRows = 0; nRows < SAMPLE_ROWS; nRows++) {
    const width = widthOrMalformed(tokenizer);
    if (width === 0) return nRows;
    if (width === INCOMPLETE) throw tooLong(text);
    if (width === undefined) return nRows + 1;
    widths.set(width, (widths.get(width) ?? 0) + 1);
  }
  return SAMPLE_ROWS;
}

function widthOrMalformed(tokenizer: CsvTokenizer): number | undefined {
  try {
    return tokenizer.next(NO_CELLS, 0);
  } catch (error) {
    if (isTabwrightError(error)) return undefined;
    throw error;
  }
}
