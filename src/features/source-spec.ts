// The columns a view reads from a source in a declared type, as a feature specification that tables and rows are checked with.
import type { FeatureSpec, Field } from '../core/feature-spec.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FeatureView, ViewFeature, ViewSource, ViewType } from './view-types.js';

/** Sums of up to 2^26 such values stay finite. */
const MAX_SUMMAND = 1e300;

/** What both paths of a view read. */
export type ViewPlan = Pick<FeatureView, 'entity' | 'sources' | 'features'>;

/**
 * The typed columns of a source: its time, columns passed on, summed or filtered on. Keys and columns of `distinct` are of
 * any type and not in it.
 * @throws SCHEMA_INVALID where a column is read as two types
 */
export function sourceSpec(plan: ViewPlan, source: ViewSource): FeatureSpec {
  const fields = new Map<string, Field>();
  if (source.time !== undefined) fields.set(source.time, { name: source.time, type: 'datetime', nullable: false });
  for (const feature of plan.features.filter(({ from }) => from === source.name)) {
    for (const field of fieldsOf(feature)) {
      const known = fields.get(field.name);
      if (known !== undefined && known.type !== field.type) {
        const types = `${known.type} and ${field.type}`;
        throw new TabwrightError(
          'SCHEMA_INVALID',
          `view source ${source.name}: column ${field.name} is read as ${types}`,
        );
      }
      fields.set(field.name, { ...field, ...known });
    }
  }
  return { fields: [...fields.values()] };
}

function fieldsOf({ take, column, type, where }: ViewFeature): Field[] {
  const fields: Field[] = where.map(([name, values]) => field(name, typeof values[0] as ViewType));
  if (type !== undefined) fields.push(field(column, type));
  if (take === 'sum' || take === 'mean') {
    fields.push({ ...field(column, 'number'), min: -MAX_SUMMAND, max: MAX_SUMMAND });
  }
  return fields;
}

function field(name: string, type: ViewType): Field {
  return { name, type, nullable: true };
}
