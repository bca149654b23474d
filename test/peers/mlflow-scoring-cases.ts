// Requests in MLflow's scoring protocol, with how the real server and this one must agree.

/** How the two agree. */
export type Agreement =
  /** Status, media type and predictions, or error code. */
  | 'same'
  /** MLflow converts what it is given, or scores it by chance; here it is refused as not of the schema. */
  | 'refused here';

export interface ScoringCase {
  readonly name: string;
  readonly body: string;
  readonly type?: string;
  readonly agreement?: Agreement;
}

const columns = ['age', 'visits', 'plan', 'active'];
const row = [31, 12, 'pro', true];
const record = { age: 31, visits: 12, plan: 'pro', active: true };

const json = (name: string, value: unknown, agreement: Agreement = 'same'): ScoringCase => ({
  name,
  body: JSON.stringify(value),
  agreement,
});
const csv = (name: string, body: string, agreement: Agreement = 'same'): ScoringCase => ({
  name,
  body,
  type: 'text/csv',
  agreement,
});
const changed = (change: object) => ({ dataframe_records: [{ ...record, ...change }] });

export const SCORING_CASES: readonly ScoringCase[] = [
  json('split', { dataframe_split: { columns, data: [row, [null, 3, null, false]] } }),
  json('split with an index', { dataframe_split: { columns, index: [7], data: [row] } }),
  json('split of no rows', { dataframe_split: { columns, data: [] } }),
  json('records', { dataframe_records: [record, { ...record, plan: 'team', visits: 29 }] }),
  json('records without what may be missing', { dataframe_records: [{ visits: 12, active: true }] }),
  json('records of several shapes', { dataframe_records: [record, { visits: 12, active: true }] }),
  json('records with more members', changed({ other: 1 })),
  json('a category never seen', changed({ plan: 'enterprise' })),
  json('instances', { instances: [record] }),
  json('instances by column', {
    instances: { age: [31, 40], visits: [1, 2], plan: ['pro', 'free'], active: [true, false] },
  }),
  json('inputs by column', { inputs: { age: [31], visits: [12], plan: ['pro'], active: [true] } }),
  json('inputs of one row', { inputs: record }),
  json('inputs as records', { inputs: [record] }),
  json('params', { dataframe_records: [record], params: { a: 1 } }),
  json('params that are null', { dataframe_records: [record], params: null }),
  json('members that nobody knows', { dataframe_records: [record], signature_name: 'x' }),
  { name: 'a bare NaN', body: '{"dataframe_records":[{"age":NaN,"visits":1,"plan":"NaN","active":true}]}' },
  json('two forms', { dataframe_records: [record], inputs: record }),
  json('no form', {}),
  json('the form before MLflow 2', { columns, data: [row] }),
  json('a list', [record]),
  json('a text', 'abc'),
  json('records that are an object', { dataframe_records: record }),
  json('records of lists', { dataframe_records: [row] }),
  json('a split without names', { dataframe_split: { data: [row] } }),
  json('no records', { dataframe_records: [] }),
  json('a split with another member', { dataframe_split: { columns, data: [row], other: 1 } }),
  json('a split without data', { dataframe_split: { columns } }),
  json('a split that is a list', { dataframe_split: [row] }),
  json('a split of ragged rows', { dataframe_split: { columns, data: [row.slice(0, 3)] } }),
  json('a split with an index of another length', { dataframe_split: { columns, data: [row, row], index: [1] } }),
  json('a split with a column twice', { dataframe_split: { columns: [...columns, 'age'], data: [[...row, 1]] } }),
  json('a column that is missing', { dataframe_records: [{ age: 1, plan: 'a', active: true }] }),
  json('columns of several lengths', {
    inputs: { age: [31], visits: [12, 13], plan: ['a', 'b'], active: [true, true] },
  }),
  json('text for a number', changed({ visits: 'twelve' })),
  json('null for what is required', changed({ visits: null })),
  json('a number below its bound', changed({ visits: -1 })),
  json('a number for text', changed({ plan: 3 })),
  json('digits as text for a number', changed({ visits: '12' }), 'refused here'),
  json('a fraction for an integer', changed({ visits: 12.5 }), 'refused here'),
  json('a number for a boolean', changed({ active: 1 }), 'refused here'),
  { name: 'broken JSON', body: '{"dataframe_records":[{"age":4711' },
  { name: 'an empty body', body: '' },
  csv('CSV', 'age,visits,plan,active\n31,12,pro,True\n,3,,False\n'),
  csv('CSV with true in lower case', 'age,visits,plan,active\n31,12,pro,true\n'),
  csv('CSV without what may be missing', 'visits,active\n12,True\n'),
  csv('CSV without what is required', 'age,visits,plan\n31,12,pro\n'),
  csv('CSV with text for a number', 'age,visits,plan,active\n31,twelve,pro,True\n'),
  csv('CSV of a header', 'age,visits,plan,active\n'),
  csv('empty CSV', ''),
  { name: 'another charset', body: '{}', type: 'application/json; charset=latin1' },
  { name: 'another media type', body: '{}', type: 'text/plain' },
];
