// A view as plain data: what is stored with every version, from which the same view can be made again.
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../core/json.js';
import { defineView } from '../define-view.js';
import type { FeatureView, ViewFeature, ViewSources, ViewType } from '../view-types.js';

/** One column of features. */
export interface FeatureColumnType {
  readonly name: string;
  readonly type: ViewType;
}

/** What {@link defineView} takes, as JSON, complete and in declared order. */
export function viewDefinition({ entity, sources, features }: FeatureView): JsonObject {
  const present = (fields: Record<string, unknown>) =>
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  const definition = {
    entity,
    sources: sources.map(({ name, ...source }) => [name, Object.fromEntries(present({ ...source }))]),
    features: features.map(({ name, where, ...feature }) => [
      name,
      Object.fromEntries([
        ...present({ ...feature }),
        ...(where.length > 0 ? [['where', Object.fromEntries(where)]] : []),
      ]),
    ]),
  };
  return JSON.parse(JSON.stringify(definition));
}

/** The view of a stored definition, which is checked like one in code. @throws SCHEMA_INVALID, OPTION_INVALID, OPTION_UNKNOWN */
export function definedView({ entity, sources, features }: JsonObject): FeatureView {
  const named = (entries: unknown) => Object.fromEntries(Array.isArray(entries) ? entries : []) as ViewSources;
  return defineView({ entity: entity as string, sources: named(sources), features: named(features) as never });
}

/** SHA-256 of a view's definition: it changes with any source, column, window or filter, and with nothing else. */
export function schemaHash(view: FeatureView): string {
  return createHash('sha256')
    .update(JSON.stringify(viewDefinition(view)))
    .digest('hex');
}

/** The columns that a view makes. */
export function featureColumns({ features }: Pick<FeatureView, 'features'>): FeatureColumnType[] {
  return features.map((feature: ViewFeature) => ({
    name: feature.name,
    type: feature.type === undefined ? 'number' : feature.type,
  }));
}
