// A made-up profile with a column of every type, for tests of the page: as wide, and with what names and values, as a test asks.
import type { ColumnProfile, Histogram, Share, TopValues } from '../../../src/eda/column-profile-types.js';
import type { Alert, Profile } from '../../../src/eda/profile-types.js';

const N_ROWS = 48_842;
const TYPES = [
  'numeric',
  'categorical',
  'numeric',
  'datetime',
  'text',
  'boolean',
  'numeric',
  'constant',
  'empty',
] as const;

/** What to make. */
export interface MadeProfileOptions {
  readonly nColumns?: number;
  readonly name?: (column: number) => string;
  readonly value?: string;
  readonly changes?: Partial<Profile>;
}

export function madeProfile({
  nColumns = TYPES.length,
  name = (column) => `column ${column}`,
  value = 'Private',
  changes = {},
}: MadeProfileOptions = {}): Profile {
  const columns = Array.from({ length: nColumns }, (_, index) => madeColumn(index, name(index), value));
  const alerts = columns.flatMap(alertsOf);
  const names = columns.slice(0, Math.min(60, nColumns)).map((column) => column.name);
  const matrix = {
    columns: names,
    order: names.map((_, i) => i),
    values: names.map((_, i) => names.map((__, j) => (i === j ? 1 : Math.sin(i * 7 + j * 7 + i * j)))),
    nRows: 10_000,
    isSampled: true,
  };
  return {
    format: 'tabwright.profile/1',
    title: 'adult.csv',
    isRedacted: false,
    isMinimal: false,
    overview: {
      nRows: N_ROWS,
      nColumns,
      nCells: N_ROWS * nColumns,
      missingCells: share(6465, N_ROWS * nColumns),
      duplicateRows: share(52),
      memoryBytes: 5_860_000,
      bytesPerRow: 120,
      types: { numeric: 3, categorical: 1, datetime: 1, text: 1, boolean: 1, constant: 1, empty: 1 },
      nAlerts: alerts.length,
      isExact: true,
    },
    alerts,
    columns,
    associations: {
      matrices: [
        { kind: 'auto', ...matrix },
        { kind: 'pearson', ...matrix },
      ],
      nLeftOut: 0,
    },
    interactions: [
      {
        x: names[0] as string,
        y: names[2] ?? (names[0] as string),
        xEdges: [0, 1, 2, 3],
        yEdges: [0, 10, 20],
        counts: [0, 5, 100, 7, 1, 0],
        nX: 3,
        nY: 2,
        nOutside: 3,
        nRows: 10_000,
        isSampled: true,
      },
    ],
    missing: {
      columns: columns.map((column) => ({ column: column.name, missing: column.missing })),
      matrix: {
        columns: names,
        rowsPerBlock: 489,
        nBlocks: 100,
        shares: names.map((_, i) => Array.from({ length: 100 }, (__, block) => (block % (i + 2) === 0 ? 0.4 : 0))),
      },
      heatmap: matrix,
    },
    duplicates: {
      rows: share(52),
      nGroups: 49,
      nRowsInGroups: 101,
      isExact: true,
      relativeError: 0,
      examples: [{ count: 3, cells: columns.map(() => value) }],
    },
    sample: {
      head: [columns.map((_, i) => (i % 3 === 0 ? null : i % 3 === 1 ? value : i * 1.5))],
      tail: [columns.map(() => 7)],
      random: [columns.map(() => true)],
    },
    target: {
      column: names[1] ?? (names[0] as string),
      task: 'binary',
      positive: '>50K',
      rate: 0.239,
      ranking: columns.slice(0, 20).map((column, i) => ({ column: column.name, strength: 1 / (i + 1) })),
      nRows: N_ROWS,
      isSampled: false,
    },
    features: { spec: { fields: [] }, source: 'export const features = defineFeatures({});' },
    reproduction: {
      version: '0.1.0',
      startedAt: '2026-11-23T10:00:00.000Z',
      finishedAt: '2026-11-23T10:00:00.345Z',
      durationMs: 345,
      source: 'adult.csv',
      options: { minimal: false },
      alertThresholds: { missing: 0.01 },
      seed: 0,
      sampleRows: 10_000,
      nThreads: 2,
    },
    ...changes,
  };
}

function share(count: number, of: number = N_ROWS): Share {
  return { count, share: count / of };
}

function madeColumn(index: number, name: string, value: string): ColumnProfile {
  const type = TYPES[index % TYPES.length] as (typeof TYPES)[number];
  const missing = share(type === 'empty' ? N_ROWS : index % 4 === 1 ? 2799 : 0);
  const base = {
    name,
    index,
    type,
    storage: type === 'numeric' ? 'number' : type === 'datetime' ? 'datetime' : 'string',
    count: N_ROWS - missing.count,
    missing,
    distinct: { count: type === 'constant' ? 1 : 74, share: 0.0015, unique: 2, isExact: true, relativeError: 0 },
    memoryBytes: 390_000,
  } as const;
  switch (type) {
    case 'numeric':
      return { ...base, ...numericParts(index) };
    case 'categorical':
      return { ...base, top: topValues([value, 'Self-emp', 'Federal', ' padded ', '']), target: targetOf(value) };
    case 'datetime':
      return { ...base, ...dateParts() };
    case 'text':
      return { ...base, ...textParts(value) };
    case 'boolean':
      return {
        ...base,
        top: topValues(['yes', 'no']),
        boolean: { nTrue: 30_000, nFalse: N_ROWS - 30_000, shareTrue: 0.61, trueValue: 'yes', falseValue: 'no' },
      };
    case 'constant':
      return { ...base, top: topValues([value]) };
    case 'empty':
      return base;
  }
}

function topValues(values: readonly string[]): TopValues {
  const counts = values.map((_, i) => Math.floor(20_000 / (i + 1)));
  const listed = values.map((value, i) => ({
    value,
    count: counts[i] as number,
    share: (counts[i] as number) / N_ROWS,
  }));
  const rest = Math.max(0, N_ROWS - counts.reduce((sum, count) => sum + count, 0));
  return { values: listed, other: share(rest), isExact: true, maxError: 0, balance: 0.7 };
}

function targetOf(value: string): NonNullable<ColumnProfile['target']> {
  return {
    groups: [
      { label: value, count: 33_000, rate: 0.22, low: 0.215, high: 0.226 },
      { label: 'Federal', count: 1400, rate: 0.39, low: 0.36, high: 0.42 },
      { label: 'missing', count: 2799, rate: 0.1, low: 0.08, high: 0.12 },
    ],
    informationValue: 0.12,
    auc: 0.58,
    strength: 0.16,
    nRows: N_ROWS,
    isSampled: false,
  };
}

function histogramOf(of: Histogram['of'], low: number, step: number, index = 0, bins = 30): Histogram {
  return {
    of,
    edges: Array.from({ length: bins + 1 }, (_, i) => low + i * step),
    counts: Array.from({ length: bins }, (_, i) =>
      Math.round(4000 * Math.exp(-((i - 10) ** 2) / 40) * (1 + 0.5 * Math.sin(index * 13 + i * index))),
    ),
    spike: null,
    isInteger: of === 'length',
  };
}

function numericParts(index: number): Partial<ColumnProfile> {
  const hasSpike = index % 2 === 0 && index > 0;
  const values = [0, 15_024, 7688].map((value, i) => ({ value, count: 500 - i, share: 0.01 }));
  return {
    numeric: {
      isInteger: true,
      zeros: share(hasSpike ? 44_807 : 0),
      negative: share(0),
      infinite: share(0),
      mean: 38.64358 + Math.sin(index),
      std: 13.7105 + Math.cos(index),
      variance: 187.978 + Math.sin(2 * index),
      cv: 0.3548 + Math.sin(3 * index) / 9,
      skewness: 0.5576 + Math.sin(5 * index),
      kurtosis: -0.184 + Math.sin(7 * index),
      sum: 1_887_430,
      minimum: 0,
      maximum: 99_999,
      range: 99_999,
      quantiles: { q01: 17, q05: 19, q25: 28, q50: 37, q75: 48, q95: 63, q99: 74, isExact: true, rankError: 0 },
      iqr: 20,
      mad: 10,
      monotonicity: 'none',
      outliers: { far: share(216), extreme: share(0) },
      uniformity: { statistic: 12_000, p: 0 },
      smallest: values,
      largest: values,
    },
    histogram: {
      ...histogramOf('value', 0, 3334, index),
      spike: hasSpike ? { value: 0, count: 44_807 } : null,
    },
    top: topValues(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
    target: targetOf('1 – 5'),
    series: {
      nRows: 5000,
      acf: Array.from({ length: 25 }, (_, lag) => 0.9 ** lag),
      pacf: Array.from({ length: 25 }, (_, lag) => (lag < 2 ? 0.9 : 0.01)),
      bound: 0.03,
      adf: { statistic: -3.2, p: 0.02, lags: 4, nObs: 4995 },
      isStationary: true,
      periods: [{ period: 24, share: 0.4 }],
      isSeasonal: true,
      gaps: { count: 2, longest: 9 },
      line: Array.from({ length: 200 }, (_, i) => (i % 50 === 3 ? null : Math.sin(i / 9))),
      rowsPerPoint: 25,
    },
  };
}

function dateParts(): Partial<ColumnProfile> {
  const low = Date.UTC(2023, 0, 1);
  return {
    dates: {
      minimum: '2023-01-01T00:00:00.000Z',
      maximum: '2024-12-30T00:00:00.000Z',
      medianText: '2024-01-01T12:00:00.000Z',
      rangeMs: 63_000_000_000,
      isDateOnly: false,
      isSorted: true,
      stepMs: 3_600_000,
      nGaps: 2,
      largestGapMs: 86_400_000,
      byHour: Array.from({ length: 24 }, (_, hour) => hour * 100),
      byWeekday: [5, 6, 7, 8, 9, 2, 1],
      byMonth: Array.from({ length: 12 }, (_, month) => 10 + month),
      suspicious: { future: 0, before1900: 1, epoch: 0, placeholder: 3 },
    },
    histogram: histogramOf('epochMs', low, 2_100_000_000),
    top: topValues(['2023-02-01T00:00:00.000Z']),
  };
}

function textParts(value: string): Partial<ColumnProfile> {
  const counts = (names: readonly string[]) => names.map((each, i) => ({ name: each, count: 100 - i }));
  return {
    text: {
      minLength: 0,
      maxLength: 41,
      meanLength: 17.2,
      medianLength: 16,
      empty: share(3),
      padded: share(12),
      nRows: 10_000,
      isSampled: true,
      nCharacters: 172_000,
      nDistinctCharacters: 61,
      characters: counts(['e', 'a', ' ', '\u202e', '\u0007']),
      categories: counts(['Ll', 'Lu', 'Zs', 'Cf']),
      scripts: counts(['Latin', 'Hebrew']),
      words: counts(['alpha', value, 'the']),
      examples: [value, 'שלום עולם', '👩‍👩‍👧‍👦 family', '\u202egnp.exe'],
      nControls: 2,
    },
    histogram: histogramOf('length', -0.5, 2, 0, 20),
    top: topValues([value, 'second', 'third']),
    variants: {
      nGroups: 1,
      rows: share(4),
      groups: [['New York', 'new york', 'NEW  YORK'].map((form) => ({ value: form, count: 4, share: 0.01 }))],
    },
    mixed: { number: share(10), date: share(1), boolean: share(0), text: share(40_000) },
  };
}

function alertsOf({ name, type, missing, index }: ColumnProfile): Alert[] {
  const alert = (kind: Alert['kind'], level: Alert['level'], text: string): Alert => ({
    kind,
    level,
    column: name,
    value: 1,
    threshold: 0.5,
    text,
  });
  if (type === 'empty') return [alert('empty', 'bad', 'no value')];
  return [
    ...(missing.count > 0 ? [alert('missing', 'warn', '5.7% missing')] : []),
    ...(index % 5 === 2 ? [alert('zeros', 'info', '91.7% zeros'), alert('skewed', 'info', 'skew 12')] : []),
  ];
}
