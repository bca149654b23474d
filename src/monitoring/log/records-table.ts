// Records as columns and back: the form of compacted segments, which any reader of Parquet knows.
import type { ColumnTable } from 'arquero';
import { DateColumn } from '../../table/date-column.js';
import { DictionaryColumn } from '../../table/dictionary-column.js';
import { makeTable } from '../../table/make-table.js';
import { readColumn } from '../../table/read-column.js';
import { isRecord } from './parse-record.js';
import type { LogRecord } from './prediction-log.js';

type Members = Readonly<Record<string, unknown>>;

const NUMBERS = ['version', 'score'] as const;
const TEXTS = ['kind', 'served', 'id', 'model', 'label', 'truth'] as const;
/** Members that are objects, as JSON. */
const OBJECTS = ['probabilities', 'segments', 'row'] as const;

/** The records as a table: instants in `time`, classes as text, objects as JSON, null where a record has no such member. */
export function recordsTable(records: readonly LogRecord[]): ColumnTable {
  const all = records as readonly object[] as readonly Members[];
  return makeTable([
    ['time', new DateColumn(Float64Array.from(records, ({ timeMs }) => timeMs))],
    ...TEXTS.map((name) => [name, textColumn(all, name, String)] as const),
    ...NUMBERS.map((name) => [name, Float64Array.from(all, (record) => Number(record[name] ?? Number.NaN))] as const),
    ...OBJECTS.map((name) => [name, textColumn(all, name, JSON.stringify)] as const),
  ]);
}

/** The records of a table that {@link recordsTable} made; classes stay text. */
export function tableRecords(table: ColumnTable): LogRecord[] {
  const { epochMs } = readColumn(table, 'time') as DateColumn;
  const columns = [...TEXTS, ...NUMBERS, ...OBJECTS].map((name) => [name, readColumn(table, name)] as const);
  const objects = new Set<string>(OBJECTS);
  const records: LogRecord[] = [];
  for (let row = 0; row < table.numRows(); row++) {
    const record: Record<string, unknown> = { timeMs: epochMs[row], label: null };
    for (const [name, column] of columns) {
      const cell = column.at(row);
      if (typeof cell === 'string') record[name] = objects.has(name) ? JSON.parse(cell) : cell;
      else if (typeof cell === 'number' && !Number.isNaN(cell)) record[name] = cell;
    }
    if (record.kind === 'truth') delete record.label;
    if (isRecord(record)) records.push(record);
  }
  return records;
}

/** Always of strings, so that every file has the same columns whatever was logged. */
function textColumn(all: readonly Members[], name: string, textOf: (value: unknown) => string): DictionaryColumn {
  const codes = new Int32Array(all.length);
  const codeOf = new Map<string, number>();
  all.forEach((record, row) => {
    const value = record[name];
    if (value === undefined || value === null) {
      codes[row] = -1;
      return;
    }
    const text = textOf(value);
    const code = codeOf.get(text) ?? codeOf.size;
    codeOf.set(text, code);
    codes[row] = code;
  });
  return new DictionaryColumn(codes, [...codeOf.keys()]);
}
