// Collects the rows whose number of cells is not the header's, so that one error can name them all.
import { TabwrightError } from '../../core/tabwright-error.js';
import { textLine } from '../line-number.js';
import type { CsvText } from './csv-text.js';

const NAMED = 5;

/** The rows of a text that do not have `expected` cells. */
export class RaggedRows {
  private readonly text: CsvText;
  private readonly expected: number;
  private readonly first: { readonly offset: number; readonly nCells: number }[] = [];
  private count = 0;
  /** Whether all of them have the same number of cells. */
  private alike = true;

  constructor(text: CsvText, expected: number) {
    this.text = text;
    this.expected = expected;
  }

  /** Notes a row that starts at this offset. */
  add(offset: number, nCells: number): void {
    this.alike &&= nCells === (this.first[0]?.nCells ?? nCells);
    if (this.count < NAMED) this.first.push({ offset, nCells });
    this.count += 1;
  }

  /**
   * Ends the work where there are any.
   * @param someFit Whether there are rows that have as many cells as expected.
   * @throws CSV_MALFORMED, naming the lines of the first ones and how many there are
   */
  check(someFit: boolean): void {
    if (this.count === 0) return;
    const { name, dialect } = this.text;
    const delimiter = JSON.stringify(String.fromCharCode(dialect.delimiter));
    const cells = this.expected === 1 ? 'cell' : 'cells';
    const rule = `every row must have ${this.expected} ${cells} like the first (delimiter ${delimiter})`;
    const found = !someFit && this.alike && this.count > 1 ? this.inOne() : this.inTurn();
    throw new TabwrightError('CSV_MALFORMED', `${name}: ${rule}, but ${found}`);
  }

  private inOne(): string {
    return `all ${this.count} others have ${this.first[0]?.nCells}`;
  }

  private inTurn(): string {
    const rows = this.first.map(({ offset, nCells }) => `line ${textLine(this.text, offset)} has ${nCells}`);
    const more = this.count > NAMED ? ` and ${this.count - NAMED} more` : '';
    return `${this.count} ${this.count === 1 ? 'row has' : 'rows have'} not: ${rows.join(', ')}${more}`;
  }
}
