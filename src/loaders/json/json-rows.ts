// Records of JSON as the columns of a table.
import type { ColumnTable } from 'arquero';
import type { FieldType } from '../../core/feature-spec.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';
import { makeTable } from '../../table/make-table.js';
import { declaredType } from '../declared-type.js';
import { JsonColumn, type JsonColumnType, type Scalar } from './json-column.js';
import { losesDigits } from './loses-digits.js';
import { malformedJson, type RecordText } from './record-text.js';

const MAX_COLUMNS = 100_000;
/** Most bytes of a table's cells: of records with different keys, columns times rows can be far more than the text. */
const MAX_CELL_BYTES = 2 ** 32;
/** How rows are read. */
export interface RowsRequest {
  /** What messages call the file. */
  readonly name: string;
  readonly types: Readonly<Record<string, FieldType>>;
  /** Columns and their types, where they were decided before: there are no others then. */
  readonly fixed?: ReadonlyMap<string, JsonColumnType> | undefined;
}

/** Takes records one after another. */
export class JsonRows {
  nRows = 0;
  readonly #request: RowsRequest;
  readonly #columns = new Map<string, JsonColumn>();

  constructor(request: RowsRequest) {
    this.#request = request;
    for (const [name, type] of request.fixed ?? []) this.#columns.set(name, new JsonColumn(this.#declared(name), type));
  }

  /** Adds a row. @throws JSON_MALFORMED, COLUMN_INVALID, DATA_TOO_LARGE, with the line */
  add({ text, line }: RecordText): void {
    const record = this.#parsed(text, line);
    let mayLoseDigits = false;
    for (const [name, value] of Object.entries(record)) {
      if (value === null) this.#column(name, line);
      else if (typeof value === 'object')
        throw this.#invalid(name, line, `must hold no nested values, got ${valueKind(value)}`);
      else if (!this.#column(name, line).set(this.nRows, value as Scalar)) {
        throw this.#invalid(name, line, `has a value of another type than the batch before, got ${valueKind(value)}`);
      } else if (Math.abs(value as number) > Number.MAX_SAFE_INTEGER && this.#declared(name) === undefined) {
        mayLoseDigits ||= Number.isInteger(value);
      }
    }
    if (mayLoseDigits && losesDigits(text)) {
      throw this.#invalid(
        '',
        line,
        'has an integer past 2^53 that a double does not hold; write it as a string, or declare its column a number',
      );
    }
    this.nRows += 1;
    this.#checkSize();
  }

  /** The table, and the types its columns turned out to have. */
  finish(): { readonly table: ColumnTable; readonly types: ReadonlyMap<string, JsonColumnType> } {
    const found = [...this.#columns].map(([name, column]) => ({ name, ...column.finish(this.nRows) }));
    return {
      table: makeTable(found.map(({ name, column }) => [name, column] as const)),
      types: new Map(found.map(({ name, type }) => [name, type])),
    };
  }

  #parsed(text: string, line: number): object {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // The parser's own message shows a part of the text.
      throw malformedJson(this.#request.name, line, 'is not valid JSON');
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw malformedJson(this.#request.name, line, `must hold an object, got ${valueKind(value)}`);
  }

  #column(name: string, line: number): JsonColumn {
    const known = this.#columns.get(name);
    if (known !== undefined) return known;
    if (this.#request.fixed !== undefined) throw this.#invalid(name, line, 'is in no record of the first batch');
    const column = new JsonColumn(this.#declared(name), undefined);
    this.#columns.set(name, column);
    this.#checkSize();
    return column;
  }

  #checkSize(): void {
    if (this.#columns.size <= MAX_COLUMNS && this.#columns.size * this.nRows * 8 <= MAX_CELL_BYTES) return;
    const rule = `there must be at most ${MAX_COLUMNS} columns, and ${MAX_CELL_BYTES} bytes of cells`;
    throw new TabwrightError('DATA_TOO_LARGE', `${this.#request.name}: ${rule}`);
  }

  #declared(name: string): FieldType | undefined {
    return declaredType(this.#request.types, name);
  }

  #invalid(column: string, line: number, rule: string): TabwrightError {
    const where = column === '' ? `line ${line}` : `line ${line}: column ${column}`;
    return new TabwrightError('COLUMN_INVALID', `${this.#request.name}: ${where} ${rule}`);
  }
}
