// Declares a feature view: checked once, frozen, and complete, so that the table path and the row path read the same plan.

import type { OptionsTable } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { onlineFeatures } from './online-features.js';
import type {
  AttributeNames,
  EventNames,
  FeatureRow,
  FeatureView,
  ViewFeature,
  ViewFeatures,
  ViewFilter,
  ViewSource,
  ViewSources,
} from './view-types.js';

/** The options of one feature of a view, beside `where`. */
export const viewFeatureOptions = optionsTable('view feature', {
  from: { type: 'string', default: undefined, doc: 'Name of the source.' },
  take: {
    type: 'choice',
    choices: ['count', 'activeDays', 'sum', 'mean', 'distinct', 'last'],
    default: undefined,
    doc: 'What to take over the events; absent for an attribute.',
  },
  column: { type: 'string', default: '', doc: 'Column of the source.' },
  type: {
    type: 'choice',
    choices: ['number', 'string', 'boolean', 'datetime'],
    default: undefined,
    doc: 'Type of the column, for `last` and attributes.',
  },
  days: {
    type: 'number',
    exclusiveMin: 0,
    default: undefined,
    doc: 'Length of the window in days of 24 hours; all of the past where absent.',
  },
});

const viewSourceOptions = optionsTable('view source', {
  time: {
    type: 'string',
    default: undefined,
    doc: 'Column of the time of an event; absent for a table of attributes.',
  },
  key: { type: 'string', default: undefined, doc: "Column of the entity; the view's where absent." },
});

/** What {@link defineView} takes. */
export interface ViewDefinition<S extends ViewSources, F extends ViewFeatures<S>> {
  /** Column of the entity in the labels, and in every source that names no other. */
  readonly entity: string;
  readonly sources: S;
  readonly features: F;
}

/**
 * Declares features over several tables: aggregates over windows of events, and attributes of the entity.
 *
 * An event counts for time t in a window of d days where t - d days <= its time < t: never one at t or after it.
 * @throws SCHEMA_INVALID, OPTION_INVALID, OPTION_UNKNOWN naming the source or the feature
 * @example
 * const view = defineView({
 *   entity: 'prospect_id',
 *   sources: { prospects: {}, actions: { time: 'happened_at' } },
 *   features: {
 *     plan: { from: 'prospects', column: 'plan', type: 'string' },
 *     logins30d: { from: 'actions', take: 'count', days: 30, where: { action: 'login' } },
 *   },
 * });
 */
export function defineView<const S extends ViewSources, const F extends ViewFeatures<S>>(
  definition: ViewDefinition<S, F>,
): FeatureView<FeatureRow<F>, EventNames<S>, AttributeNames<S>> {
  const { entity } = definition;
  if (typeof entity !== 'string' || entity === '') {
    throw new TabwrightError('SCHEMA_INVALID', 'defineView: entity must be the name of a column');
  }
  const sources = Object.entries<object>(definition.sources).map(([name, source]) => readSource(name, source, entity));
  const features = Object.entries<object>(definition.features).map(([name, feature]) =>
    readFeature(name, feature, sources),
  );
  if (features.length === 0)
    throw new TabwrightError('SCHEMA_INVALID', 'defineView: there must be at least one feature');
  const plan = { entity, sources: Object.freeze(sources), features: Object.freeze(features) };
  return Object.freeze({ ...plan, online: onlineFeatures<FeatureRow<F>>(plan) });
}

function readSource(name: string, given: object, entity: string): ViewSource {
  const { time, key } = resolveOptions(named(viewSourceOptions, name), { ...given });
  return Object.freeze({ name, time, key: key === undefined ? entity : key });
}

function readFeature(name: string, given: object, sources: readonly ViewSource[]): ViewFeature {
  const { where = {}, ...rest } = given as { where?: ViewFilter };
  const options = resolveOptions(named(viewFeatureOptions, name), rest);
  const source = sources.find((candidate) => candidate.name === options.from);
  if (source === undefined) throw broken(name, `from must be one of ${sources.map((known) => known.name).join(', ')}`);
  const feature = { ...options, name, from: source.name, where: readFilter(name, where) };
  const rule = brokenRule(feature, source);
  if (rule !== undefined) throw broken(name, rule);
  return Object.freeze(feature);
}

function brokenRule({ take, column, type, days, where }: ViewFeature, source: ViewSource): string | undefined {
  if (source.time === undefined) {
    if (take !== undefined) return `take needs events, and source ${source.name} has no time`;
    if (days !== undefined || where.length > 0) return 'days and where need events';
  } else if (take === undefined) return 'take must be given for a source of events';
  const countsRows = take === 'count' || take === 'activeDays';
  if (countsRows !== (column === '')) return countsRows ? `column must be absent for ${take}` : 'column must be given';
  const passesOn = take === undefined || take === 'last';
  if (passesOn !== (type !== undefined)) return passesOn ? 'type must be given' : `type must be absent for ${take}`;
  return undefined;
}

function readFilter(name: string, where: ViewFilter): ViewFeature['where'] {
  return Object.entries(where).map(([column, given]) => {
    const values: readonly unknown[] = Array.isArray(given) ? given : [given];
    const kind = typeof values[0];
    if (!['string', 'number', 'boolean'].includes(kind) || values.some((value) => typeof value !== kind)) {
      throw broken(name, `where ${column} must be a string, number or boolean, or several of one kind`);
    }
    return Object.freeze([column, Object.freeze([...values] as (string | number | boolean)[])] as const);
  });
}

function named<T extends OptionsTable>(table: T, name: string): T {
  return { ...table, name: `${table.name} ${name}` };
}

function broken(feature: string, rule: string): TabwrightError {
  return new TabwrightError('SCHEMA_INVALID', `view feature ${feature}: ${rule}`);
}
