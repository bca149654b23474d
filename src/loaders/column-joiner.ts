// Joins the parts of one column, in the order of the rows, into the column as one thread would have made it.
import { BooleanColumn } from '../table/boolean-column.js';
import type { Column } from '../table/column.js';
import { DateColumn } from '../table/date-column.js';
import { DictionaryColumn } from '../table/dictionary-column.js';
import type { ColumnPart } from './column-part.js';
import { StringDictionary } from './string-dictionary.js';

type Values = Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Takes the parts of one type one after another. */
export class ColumnJoiner {
  private readonly parts: Values[] = [];
  private readonly dictionary: StringDictionary;
  private type: ColumnPart['type'] = 'number';
  private nRows = 0;

  constructor(seed: number) {
    this.dictionary = new StringDictionary(seed);
  }

  /** Adds the rows of a part, whose arrays are the joiner's from then on. */
  add(part: ColumnPart): void {
    this.type = part.type;
    const values = part.type === 'string' ? recoded(part.codes, this.dictionary.merge(part.dictionary)) : part.values;
    this.parts.push(values);
    this.nRows += values.length;
  }

  /** The column of all rows, in short steps. */
  *finish(): Generator<undefined, Column> {
    if (this.type === 'string') {
      const codes = yield* joined(this.parts, new Int32Array(this.nRows));
      return new DictionaryColumn(codes, yield* this.dictionary.valueSteps());
    }
    if (this.type === 'boolean') return new BooleanColumn(yield* joined(this.parts, new Int8Array(this.nRows)));
    const values = yield* joined(this.parts, new Float64Array(this.nRows));
    return this.type === 'date' ? new DateColumn(values) : values;
  }
}

/** Replaces codes in place by the ones given for them. */
function recoded(codes: Int32Array<ArrayBuffer>, to: Int32Array): Int32Array<ArrayBuffer> {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code >= 0) codes[row] = to[code] as number;
  }
  return codes;
}

/** Moves the parts into one array; each is let go of as it is done. */
function* joined<T extends Values>(parts: Values[], into: T): Generator<undefined, T> {
  let nRows = 0;
  for (const part of parts.splice(0)) {
    into.set(part, nRows);
    nRows += part.length;
    yield;
  }
  return into;
}
