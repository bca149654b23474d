// Raw rows with every type of column, and the pipelines and models that score them in Python.
import type { FeatureSpec, Task } from '../../src/core/feature-spec.js';
import { createRandom } from '../../src/core/random.js';
import type { Transformer } from '../../src/core/transformer.js';
import type { PlainRow } from '../../src/schema/row-maker.js';
import { BooleanColumn } from '../../src/table/boolean-column.js';
import { DateColumn } from '../../src/table/date-column.js';
import { DictionaryColumn } from '../../src/table/dictionary-column.js';
import { makeTable } from '../../src/table/make-table.js';
import { bin } from '../../src/transforms/bin.js';
import { clip } from '../../src/transforms/clip.js';
import { cyclical } from '../../src/transforms/cyclical.js';
import { dateParts } from '../../src/transforms/date-parts.js';
import { dropColumns } from '../../src/transforms/drop-columns.js';
import { frequencyEncode } from '../../src/transforms/frequency-encode.js';
import { hashTokens } from '../../src/transforms/hash-tokens.js';
import { hashingEncode } from '../../src/transforms/hashing-encode.js';
import { impute } from '../../src/transforms/impute.js';
import { interactions } from '../../src/transforms/interactions.js';
import { keepColumns } from '../../src/transforms/keep-columns.js';
import { logTransform } from '../../src/transforms/log-transform.js';
import { minMaxScale } from '../../src/transforms/min-max-scale.js';
import { missingIndicator } from '../../src/transforms/missing-indicator.js';
import { oneHot } from '../../src/transforms/one-hot.js';
import { ordinal } from '../../src/transforms/ordinal.js';
import { pipeline } from '../../src/transforms/pipeline.js';
import { powerTransform } from '../../src/transforms/power-transform.js';
import { quantileTransform } from '../../src/transforms/quantile-transform.js';
import { rareCategories } from '../../src/transforms/rare-categories.js';
import { ratio } from '../../src/transforms/ratio.js';
import { recency } from '../../src/transforms/recency.js';
import { robustScale } from '../../src/transforms/robust-scale.js';
import { standardScale } from '../../src/transforms/standard-scale.js';
import { targetEncode } from '../../src/transforms/target-encode.js';
import { textLength } from '../../src/transforms/text-length.js';
import { winsorise } from '../../src/transforms/winsorise.js';

export const N_ROWS = 1000;

const field = (name: string, type: FeatureSpec['fields'][number]['type'], nullable = true) => ({
  name,
  type,
  nullable,
});

export const SPEC: FeatureSpec = {
  fields: [
    ...[field('amount', 'number'), field('size', 'integer', false), field('flag', 'boolean'), field('word', 'string')],
    ...[field('text', 'string'), field('day', 'datetime'), field('later', 'datetime')],
  ],
  missing: ['', 'NA'],
};

const WORDS = ['a', 'b', 'c', 'Ünder', '\u{1F600}', 'rare one', 'A'];
const TEXTS = [
  'Red red x',
  'box of  red\nand blue',
  'a b c',
  'Straße ΣΑΣ x_1 ٣',
  '  ',
  'no\u00a0on',
  'l1\r\nl2\rl3',
  '\u{1F600}',
];

export const rawRows: readonly PlainRow[] = makeRows();

function makeRows(): PlainRow[] {
  const random = createRandom(11);
  const pick = (cells: readonly string[]): string => cells[Math.floor(random.next() ** 2 * cells.length)] as string;
  const maybe = <T>(cell: T): T | null => (random.next() < 0.12 ? null : cell);
  return Array.from({ length: N_ROWS }, () => ({
    amount: maybe(Math.round(random.normal() * 1e4) / 100),
    size: Math.floor(random.next() * 12),
    flag: maybe(random.next() < 0.4),
    word: maybe(pick(WORDS)),
    text: maybe(pick(TEXTS)),
    day: maybe(new Date(Math.floor((random.next() - 0.3) * 2e12)).toISOString()),
    later: maybe(new Date(Date.UTC(2026, 0, 1) + Math.floor(random.next() * 1e10)).toISOString()),
  }));
}

/** The rows as a table, as training has them. */
export const rawTable = makeTable([
  ['amount', numbers('amount')],
  ['size', numbers('size')],
  ['flag', new BooleanColumn(Int8Array.from(rawRows, ({ flag }) => (flag === null ? -1 : Number(flag))))],
  ['word', strings('word')],
  ['text', strings('text')],
  ['day', dates('day')],
  ['later', dates('later')],
]);

function numbers(name: string): Float64Array {
  return Float64Array.from(rawRows, (row) => (row[name] ?? Number.NaN) as number);
}

function strings(name: string): DictionaryColumn {
  const values = [...new Set(rawRows.flatMap((row) => (row[name] === null ? [] : [row[name] as string])))];
  return new DictionaryColumn(
    Int32Array.from(rawRows, (row) => values.indexOf(row[name] as string)),
    values,
  );
}

function dates(name: string): DateColumn {
  return new DateColumn(Float64Array.from(rawRows, (row) => Date.parse((row[name] ?? 'none') as string)));
}

const REST = [ordinal({ columns: ['word'] }), dropColumns(['text', 'day', 'later'])];
const DENSE = pipeline([
  dropColumns(['text', 'day', 'later']),
  impute({ columns: ['amount', 'size', 'flag'] }),
  standardScale({ columns: ['amount', 'size', 'flag'] }),
  oneHot({ columns: ['word'] }),
]);

function before(...steps: readonly Transformer[]): Transformer {
  return pipeline([...steps, ...REST]);
}

/** Steps that take `word` away from the rest. */
function words(...steps: readonly Transformer[]): Transformer {
  return pipeline([...steps, dropColumns(['text', 'day', 'later'])]);
}

/** Each step, in a pipeline that ends in numbers. */
export const STEP_CASES: readonly (readonly [string, Transformer])[] = [
  [
    'impute',
    pipeline([
      impute({ columns: ['amount', 'size', 'flag'] }),
      impute({ columns: ['word'], strategy: 'mostFrequent' }),
      oneHot({ columns: ['word'] }),
      dropColumns(['text', 'day', 'later']),
    ]),
  ],
  ['standardScale', before(standardScale({}))],
  ['minMaxScale', before(minMaxScale({ clip: true }))],
  ['robustScale', before(robustScale({}))],
  ['quantileTransform, uniform', before(quantileTransform({ nQuantiles: 50 }))],
  ['quantileTransform, normal', before(quantileTransform({ nQuantiles: 50, output: 'normal' }))],
  ['powerTransform', before(powerTransform({ columns: ['amount', 'size'] }))],
  ['logTransform', before(logTransform({ columns: ['amount', 'size'], invalid: 'missing' }))],
  ['clip', before(clip({ columns: ['amount'], min: -10, max: 20 }))],
  ['winsorise', before(winsorise({ columns: ['amount', 'size'] }))],
  ['bin, numeric', before(bin({ columns: ['amount', 'size'] }))],
  ['bin, categorical', before(bin({ columns: ['amount', 'size'], output: 'categorical' }))],
  ['frequencyEncode', words(frequencyEncode({ columns: ['word', 'size', 'flag'] }))],
  ['targetEncode', words(targetEncode({ columns: ['word', 'flag'] }))],
  ['hashingEncode', words(hashingEncode({ columns: ['word'], buckets: 7 }))],
  ['rareCategories', words(rareCategories({ columns: ['word'], minFrequency: 80 }), oneHot({ columns: ['word'] }))],
  ['textLength', before(textLength({ columns: ['text'], keep: true }))],
  ['hashTokens', before(hashTokens({ columns: ['text'], buckets: 16, keep: true, minLength: 1 }))],
  ['dateParts', before(dateParts({ columns: ['day'], keep: true, utcOffsetMinutes: 90 }))],
  ['dateParts, cyclical', before(dateParts({ columns: ['day', 'later'], keep: true, cyclical: true }))],
  ['cyclical', before(cyclical({ periods: { size: 12 } }))],
  ['recency', before(recency({ columns: ['day'], until: 'later', keep: true }))],
  ['ratio', before(ratio({ pairs: [['amount', 'size']], keep: true }))],
  ['interactions', before(interactions({ columns: ['amount', 'size', 'flag'], squares: true, keep: true }))],
  ['missingIndicator', before(missingIndicator({ columns: ['amount', 'word', 'day', 'flag'] }))],
  ['keepColumns', pipeline([keepColumns(['amount', 'word']), ordinal({ columns: ['word'] })])],
  [
    'oneHot, numbers and booleans',
    words(oneHot({ columns: ['word', 'size', 'flag'], unknown: 'other', drop: 'first' })),
  ],
  ['ordinal', before(ordinal({ columns: ['flag'] }))],
];

/** Each kind of model. */
export const MODEL_CASES: readonly {
  readonly name: string;
  readonly kind: string;
  readonly task: Task;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly steps: Transformer;
}[] = [
  ...(['lightgbm', 'xgboost', 'catboost'] as const).flatMap((kind) =>
    (['binary', 'multiclass', 'regression'] as const).map((task) => {
      return { name: `${kind} ${task}`, kind, task, params: { numIterations: 20 }, steps: pipeline(REST) };
    }),
  ),
  {
    name: 'lightgbm poisson',
    kind: 'lightgbm',
    task: 'regression',
    params: { objective: 'poisson' },
    steps: pipeline(REST),
  },
  { name: 'logistic binary', kind: 'logistic', task: 'binary', steps: DENSE },
  { name: 'logistic multiclass', kind: 'logistic', task: 'multiclass', steps: DENSE },
  { name: 'linear', kind: 'linear', task: 'regression', steps: DENSE },
  ...(['binary', 'multiclass', 'regression'] as const).map((task) => {
    return { name: `mlXgboost ${task}`, kind: 'mlXgboost', task, params: {}, steps: DENSE };
  }),
  { name: 'constant', kind: 'constant', task: 'multiclass', steps: DENSE },
];
