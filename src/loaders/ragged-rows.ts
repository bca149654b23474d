// Collects the rows whose number of cells is not the header's, so that one error can name them all.
import { TabwrightError } from '../core/tabwright-error.js';
import type { CsvText } from './csv-text.js';
import { lineNumber } from './line-number.js';

const NAMED = 5;

/** The rows of a text that do not have `expected` cells. */
export class RaggedRows {
  private readonly text: CsvText;
  private readonly expected: number;
  private readonly first: { readonly offset: number; readonly nCells: number }[] = [];
  private count = 0;

  constructor(text: CsvText, expected: number) {
    this.text = text;
    this.expected = expected;
  }

  /** Notes a row that starts at this offset. */
  add(offset: number, nCells: number): void {
    if (this.count < NAMED) this.first.push({ offset, nCells });
    this.count += 1;
  }

  /** @throws CSV_MALFORMED where there are any, naming the lines of the first ones and how many there are */
  check(): void {
    if (this.count === 0) return;
    const { name, bytes, dialect } = this.text;
    const rows = this.first.map(({ offset, nCells }) => `line ${lineNumber(bytes, offset)} has ${nCells}`).join(', ');
    const more = this.count > this.first.length ? ` and ${this.count - this.first.length} more` : '';
    const delimiter = JSON.stringify(String.fromCharCode(dialect.delimiter));
    const rule = `every row must have ${this.expected} cells like the first (delimiter ${delimiter})`;
    const verb = this.count === 1 ? 'row has' : 'rows have';
    throw new TabwrightError('CSV_MALFORMED', `${name}: ${rule}, but ${this.count} ${verb} not: ${rows}${more}`);
  }
}
