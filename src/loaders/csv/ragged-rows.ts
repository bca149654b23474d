// Collects the rows whose number of cells is not the header's, so that one error can name them all.
import { TabwrightError } from '../../core/tabwright-error.js';
import { textLine } from '../line-number.js';
import type { CsvText } from './csv-text.js';
import { isNumberLike } from './is-number-like.js';

const NAMED = 5;
const MAX_NAME = 60;

interface RaggedRow {
  readonly offset: number;
  readonly nCells: number;
}

/** The rows of a text that do not have one cell a column. */
export class RaggedRows {
  private readonly text: CsvText;
  private readonly names: readonly string[];
  private readonly first: RaggedRow[] = [];
  private count = 0;
  /** Whether all of them have the same number of cells. */
  private alike = true;

  constructor(text: CsvText, names: readonly string[]) {
    this.text = text;
    this.names = names;
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
   * @throws CSV_MALFORMED, naming how many there are, the lines of the first ones and the first column that is missing or too much
   */
  check(someFit: boolean): void {
    if (this.count === 0) return;
    const { name, dialect } = this.text;
    const delimiter = JSON.stringify(String.fromCharCode(dialect.delimiter));
    const cells = this.names.length === 1 ? 'cell' : 'cells';
    const rule = `every row must have ${this.names.length} ${cells} like the first (delimiter ${delimiter})`;
    const found = !someFit && this.alike && this.count > 1 ? this.inOne() : this.inTurn();
    throw new TabwrightError('CSV_MALFORMED', `${name}: ${rule}, but ${found}`);
  }

  private inOne(): string {
    const { offset, nCells } = this.first[0] as RaggedRow;
    return `all ${this.count} others, from line ${textLine(this.text, offset)} on, have ${this.cells(nCells)}`;
  }

  private inTurn(): string {
    const rows = this.first.map(
      ({ offset, nCells }) => `line ${textLine(this.text, offset)} has ${this.cells(nCells)}`,
    );
    const more = this.count > NAMED ? ` and ${this.count - NAMED} more` : '';
    return `${this.count} ${this.count === 1 ? 'row has' : 'rows have'} not: ${rows.join(', ')}${more}`;
  }

  /** How many cells a row has, and where the first one is missing or too much. */
  private cells(nCells: number): string {
    const { names } = this;
    return nCells < names.length
      ? `${nCells} (column ${nCells + 1}${this.label(nCells)} is missing)`
      : `${nCells} (column ${names.length + 1} is too much)`;
  }

  private label(column: number): string {
    const name = this.names[column] as string;
    return this.text.dialect.header && !isNumberLike(name) ? `, ${JSON.stringify(name.slice(0, MAX_NAME))},` : '';
  }
}
