// What is to be looked at in a profile: one rule an alert, thresholds from the table of options.
import { formatCount } from '../report/format-number.js';
import type { ColumnProfile } from './column-profile-types.js';
import type { AlertThresholds } from './profile-options.js';
import type { Alert, AlertKind, AssociationMatrix, DuplicateRows, Profile } from './profile-types.js';

type AlertParts = Omit<Alert, 'column' | 'kind' | 'level'>;

const LEVELS: Readonly<Record<AlertKind, Alert['level']>> = {
  leakage: 'bad',
  unsupported: 'bad',
  empty: 'bad',
  constant: 'warn',
  missing: 'warn',
  infinite: 'bad',
  duplicates: 'warn',
  nearDuplicate: 'warn',
  mixedTypes: 'bad',
  suspiciousDates: 'warn',
  highCorrelation: 'warn',
  idLike: 'warn',
  unique: 'info',
  highCardinality: 'warn',
  imbalance: 'warn',
  categoryVariants: 'warn',
  skewed: 'info',
  outliers: 'info',
  zeros: 'info',
  uniform: 'info',
  nonStationary: 'info',
  seasonal: 'info',
};
const LONGEST_NAME = 40;
const KINDS = Object.keys(LEVELS) as AlertKind[];
const ORDER: readonly Alert['level'][] = ['bad', 'warn', 'info'];
/** A column with so many rows, all different, may be an id. */
const MIN_ROWS_FOR_ID = 20;
/** Lengths of ids differ by so much at most. */
const MAX_ID_LENGTH = 64;
/** Missing shares past it are bad. */
const MOSTLY = 0.5;

/** What the alerts are made from. */
export interface AlertFacts extends Pick<Profile, 'target' | 'duplicates'> {
  readonly columns: readonly ColumnProfile[];
  /** The matrix `auto`; undefined where there is none. */
  readonly auto: AssociationMatrix | undefined;
  /** Pairs of columns with the share of rows on which they are equal. */
  readonly equalPairs: readonly { readonly a: string; readonly b: string; readonly share: number }[];
  readonly thresholds: AlertThresholds;
}

/** All alerts, worst first. */
export function profileAlerts(facts: AlertFacts): Alert[] {
  const { columns, thresholds } = facts;
  const alerts = [
    ...duplicateAlert(facts.duplicates),
    ...columns.flatMap((column) => columnAlerts(column, thresholds)),
    ...correlationAlerts(facts),
    ...facts.equalPairs.map(({ a, b, share }) =>
      alertOf('nearDuplicate', b, {
        others: [a],
        value: share,
        threshold: thresholds.nearDuplicate,
        text: `${percent(share)} of the rows equal another column`,
      }),
    ),
  ];
  const position = new Map(columns.map(({ name }, i) => [name, i]));
  const key = ({ level, kind, column }: Alert): number[] => [
    ORDER.indexOf(level),
    column === undefined ? -1 : (position.get(column) ?? 0),
    KINDS.indexOf(kind),
  ];
  return alerts
    .map((alert) => ({ alert, by: key(alert) }))
    .sort((a, b) => compare(a.by, b.by))
    .map(({ alert }) => alert);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] as number) - (b[at] as number);
}

function alertOf(kind: AlertKind, column: string | undefined, parts: AlertParts): Alert {
  return { kind, level: LEVELS[kind], ...(column === undefined ? {} : { column }), ...parts };
}

function duplicateAlert({ rows, nGroups, isExact }: DuplicateRows): Alert[] {
  if (rows.count === 0) return [];
  const about = isExact ? '' : 'about ';
  const text = `${about}${rows.count} duplicate rows (${percent(rows.share)}) of ${about}${nGroups} rows that repeat`;
  return [alertOf('duplicates', undefined, { value: rows.share, threshold: 0, text })];
}

function columnAlerts(column: ColumnProfile, thresholds: AlertThresholds): Alert[] {
  const found: Alert[] = [];
  const fire = (kind: AlertKind, fires: boolean | undefined, parts: AlertParts): void => {
    if (fires === true) found.push(alertOf(kind, column.name, parts));
  };
  if (column.type === 'empty' || column.type === 'unsupported' || column.type === 'constant') {
    fire(column.type, true, { value: 1, threshold: 1, text: onlyText(column.type) });
  }
  fireShares(column, thresholds, fire);
  fireIdentity(column, thresholds, fire);
  fireShape(column, thresholds, fire);
  fireContent(column, thresholds, fire);
  return found.map((alert) =>
    alert.kind === 'missing' && alert.value > MOSTLY ? { ...alert, level: 'bad' as const } : alert,
  );
}

type Fires = (kind: AlertKind, fires: boolean | undefined, parts: AlertParts) => void;

function onlyText(type: 'empty' | 'unsupported' | 'constant'): string {
  if (type === 'empty') return 'no value at all';
  return type === 'constant' ? 'one value only' : 'values of several kinds, or of none that a column can have';
}

function fireShares({ type, missing, numeric }: ColumnProfile, thresholds: AlertThresholds, fire: Fires): void {
  const share = (kind: 'missing' | 'zeros' | 'infinite', value: number, words: string): void =>
    fire(kind, value > thresholds[kind], { value, threshold: thresholds[kind], text: `${percent(value)} ${words}` });
  if (type !== 'empty') share('missing', missing.share, 'missing');
  if (numeric === undefined || type === 'constant') return;
  share('zeros', numeric.zeros.share, 'zeros');
  share('infinite', numeric.infinite.share, 'infinite');
}

function fireIdentity(column: ColumnProfile, thresholds: AlertThresholds, fire: Fires): void {
  const { count, distinct, type, storage, numeric, text } = column;
  const isUnique =
    count > 1 && distinct.isExact ? distinct.unique === count : distinct.share > 0.98 && distinct.count > 1000;
  const hasOrder = numeric?.monotonicity === 'strictlyIncreasing' && numeric.isInteger;
  const looksLikeId = storage === 'string' ? text !== undefined && text.maxLength <= MAX_ID_LENGTH : hasOrder;
  const isId = isUnique && count >= MIN_ROWS_FOR_ID && looksLikeId;
  const parts = { value: distinct.share, threshold: 1 };
  const exactly = distinct.isExact ? '' : 'nearly ';
  fire('idLike', isId, { ...parts, text: `${exactly}every value differs, like an id` });
  fire('unique', isUnique && !isId && type !== 'constant', { ...parts, text: `${exactly}every value differs` });
  const { highCardinality: threshold } = thresholds;
  const isText = type === 'text' || type === 'categorical';
  const words = `${distinct.isExact ? '' : 'about '}${formatCount(distinct.count)} distinct values`;
  fire('highCardinality', isText && storage === 'string' && !isUnique && distinct.count > threshold, {
    value: distinct.count,
    threshold,
    text: words,
  });
}

function fireShape({ type, top, numeric }: ColumnProfile, thresholds: AlertThresholds, fire: Fires): void {
  const imbalance = top?.balance === null || top === undefined ? 0 : 1 - top.balance;
  fire('imbalance', (type === 'categorical' || type === 'boolean') && imbalance > thresholds.imbalance, {
    value: imbalance,
    threshold: thresholds.imbalance,
    text: `${percent(top?.values[0]?.share ?? 0)} of the rows have the same value`,
  });
  if (type !== 'numeric' || numeric === undefined) return;
  const skewness = numeric.skewness ?? 0;
  fire('skewed', Math.abs(skewness) > thresholds.skewed, {
    value: skewness,
    threshold: thresholds.skewed,
    text: `skewness ${skewness.toFixed(1)}`,
  });
  const p = numeric.uniformity?.p ?? 0;
  fire('uniform', p > thresholds.uniform, { value: p, threshold: thresholds.uniform, text: 'values spread evenly' });
  const far = numeric.outliers?.far.share ?? 0;
  fire('outliers', far > thresholds.outliers, {
    value: far,
    threshold: thresholds.outliers,
    text: `${percent(far)} beyond 1.5 interquartile ranges`,
  });
}

function fireContent(column: ColumnProfile, thresholds: AlertThresholds, fire: Fires): void {
  const { variants, mixed, dates, target, series } = column;
  fire('categoryVariants', variants !== undefined, {
    value: variants?.nGroups ?? 0,
    threshold: 0,
    text:
      variants?.nGroups === 1
        ? 'one value written in several ways'
        : `${formatCount(variants?.nGroups ?? 0)} values written in several ways`,
  });
  const shares = mixed === undefined ? [] : [mixed.number, mixed.date, mixed.boolean, mixed.text];
  const second = shares.map(({ share }) => share).sort((a, b) => b - a)[1] ?? 0;
  const isTyped = mixed !== undefined && mixed.text.share < MOSTLY;
  fire('mixedTypes', isTyped || second >= thresholds.mixedTypes, {
    value: second,
    threshold: thresholds.mixedTypes,
    text: isTyped
      ? `strings, ${percent(1 - (mixed?.text.share ?? 0))} of which look like numbers, dates or booleans`
      : `${percent(second)} of the values look like another type`,
  });
  const odd = dates === undefined ? 0 : Object.values(dates.suspicious).reduce((sum, count) => sum + count, 0);
  fire('suspiciousDates', odd > 0, { value: odd, threshold: 0, text: `${odd} dates that are likely not real` });
  const told = target?.auc ?? target?.strength ?? 0;
  fire('leakage', told >= thresholds.leakage, {
    value: told,
    threshold: thresholds.leakage,
    text: `tells the target alone (${target?.auc === null ? 'strength' : 'AUC'} ${told.toFixed(3)})`,
  });
  const p = series?.adf?.p ?? 0;
  fire('nonStationary', p >= thresholds.nonStationary && series?.isStationary === false, {
    value: p,
    threshold: thresholds.nonStationary,
    text: `not stationary (p = ${p.toFixed(2)})`,
  });
  const period = series?.periods[0];
  fire('seasonal', series?.isSeasonal, {
    value: period?.share ?? 0,
    threshold: thresholds.seasonal,
    text: `repeats every ${period?.period.toFixed(1) ?? '?'} rows`,
  });
}

function correlationAlerts({ auto, thresholds }: AlertFacts): Alert[] {
  if (auto === undefined) return [];
  return auto.columns.flatMap((column, i) => {
    const others = auto.columns
      .map((other, j) => ({ other, value: i === j ? 0 : (auto.values[i]?.[j] ?? 0) }))
      .filter(({ value }) => Math.abs(value) >= thresholds.highCorrelation)
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
    const first = others[0];
    if (first === undefined) return [];
    const parts = {
      value: first.value,
      threshold: thresholds.highCorrelation,
      others: others.map(({ other }) => other),
    };
    const more = others.length === 1 ? '' : ` and ${others.length - 1} more`;
    const text = `${first.value.toFixed(2)} with ${first.other.slice(0, LONGEST_NAME)}${more}`;
    return [alertOf('highCorrelation', column, { ...parts, text })];
  });
}

/** "5.7%", "<0.1%". */
function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  return `${(100 * share).toFixed(1).replace(/\.0$/, '')}%`;
}
