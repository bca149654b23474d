// The data frame of a request in MLflow's scoring protocol: one of four forms, as pandas reads them.
import { TabwrightError } from '../../core/tabwright-error.js';
import { valueKind } from '../../core/value-kind.js';

/** Rows by column name. */
export interface Frame {
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

type Plain = Readonly<Record<string, unknown>>;

const FORMS = { dataframe_split: split, dataframe_records: records, instances: tensors, inputs: tensors };
type Form = keyof typeof FORMS;

/**
 * Reads the frame of a JSON body; `params`, and members that the protocol does not know, are not looked at.
 * @throws REQUEST_INVALID where it is not of one form, COLUMN_MISSING where its columns have no names, COLUMN_INVALID for columns
 * of several lengths or of one name
 */
export function mlflowFrame(body: unknown): Frame {
  const forms = Object.keys(FORMS) as Form[];
  const given = isPlain(body) ? forms.filter((form) => Object.hasOwn(body, form)) : [];
  const [form] = given;
  if (form === undefined || given.length > 1) {
    const got = isPlain(body) ? `${given.length} of them` : valueKind(body);
    throw invalid(`the body must be a JSON object with exactly one of ${forms.join(', ')}, got ${got}`);
  }
  return FORMS[form]((body as Plain)[form], form);
}

function split(value: unknown, form: Form): Frame {
  const members = isPlain(value) ? Object.keys(value) : [];
  if (!members.includes('data') || members.some((member) => !['columns', 'data', 'index'].includes(member))) {
    throw invalid(`${form} must be an object with data, and columns and index where wanted, and nothing else`);
  }
  const { columns, data, index } = value as Plain;
  if (columns === undefined) throw unnamed(form);
  if (!Array.isArray(data) || !isListOfNames(columns)) {
    throw invalid(`${form} must have a list of names as columns and a list of rows as data`);
  }
  if (new Set(columns).size < columns.length) throw invalidColumns(`${form} has a column twice`);
  if (Array.isArray(index) && index.length !== data.length) throw invalid(`${form}: index and data must be as long`);
  const rows = data.map((cells: unknown) => {
    if (Array.isArray(cells) && cells.length === columns.length) return rowOf(columns, (i) => cells[i]);
    throw invalid(`each row of ${form} must be a list with a value a column`);
  });
  return { columns: new Set(columns), rows };
}

function records(value: unknown, form: Form): Frame {
  if (!Array.isArray(value)) throw invalid(`${form} must be a list of objects, got ${valueKind(value)}`);
  const columns = new Set<string>();
  for (const row of value) {
    if (Array.isArray(row)) throw unnamed(form);
    if (!isPlain(row)) throw invalid(`each record of ${form} must be an object with a member a column`);
    for (const name of Object.keys(row)) columns.add(name);
  }
  return { columns, rows: value };
}

/** Records, or one list a column; a value that is no list stands in every row. */
function tensors(value: unknown, form: Form): Frame {
  if (!isPlain(value)) return records(value, form);
  const columns = Object.keys(value);
  const lengths = new Set(columns.flatMap((name) => (Array.isArray(value[name]) ? [value[name].length] : [])));
  if (lengths.size > 1) throw invalidColumns(`the columns of ${form} must be as long as each other`);
  const [nRows = columns.length === 0 ? 0 : 1] = lengths;
  const rows = Array.from({ length: nRows }, (_, row) =>
    rowOf(columns, (i) => {
      const cells = value[columns[i] as string];
      return Array.isArray(cells) ? cells[row] : cells;
    }),
  );
  return { columns: new Set(columns), rows };
}

function rowOf(columns: readonly string[], cell: (column: number) => unknown): Plain {
  const row: Record<string, unknown> = Object.create(null);
  columns.forEach((name, i) => {
    row[name] = cell(i);
  });
  return row;
}

function isPlain(value: unknown): value is Plain {
  return valueKind(value) === 'object';
}

function isListOfNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function invalid(message: string): TabwrightError {
  return new TabwrightError('REQUEST_INVALID', message);
}

function unnamed(form: Form): TabwrightError {
  return new TabwrightError('COLUMN_MISSING', `${form} must name the columns`);
}

function invalidColumns(message: string): TabwrightError {
  return new TabwrightError('COLUMN_INVALID', message);
}
