// What a feature view is declared with, and the row type that follows from it.
import type { RowData } from '../core/cell.js';

/** The type of a column that a view passes on. */
export type ViewType = 'number' | 'string' | 'boolean' | 'datetime';

/** A table of events: many rows an entity, each at a time. */
export interface EventSource {
  /** Column of the event's time: dates, or ISO 8601 strings. */
  readonly time: string;
  /** Column of the entity; the view's where absent. Events where it is missing belong to nobody. */
  readonly key?: string;
}

/** A table of attributes: at most one row an entity, with no time. It must hold only what does not change. */
export interface AttributeSource {
  readonly time?: undefined;
  /** Column of the entity; the view's where absent. */
  readonly key?: string;
}

/** The tables of a view, by name. */
export type ViewSources = Readonly<Record<string, EventSource | AttributeSource>>;

/** Columns that must equal a value, or one of several. */
export type ViewFilter = Readonly<
  Record<string, string | number | boolean | readonly string[] | readonly number[] | readonly boolean[]>
>;

interface OverEvents<From> {
  readonly from: From;
  /** Length of the window in days of 24 hours, > 0; all of the past where absent. */
  readonly days?: number;
  readonly where?: ViewFilter;
}

/** The number of events, or of UTC calendar days that have one. */
export interface CountFeature<From = string> extends OverEvents<From> {
  readonly take: 'count' | 'activeDays';
}

/** Over the present cells of a column: sum (0 of none), mean (missing of none), number of distinct values. */
export interface ColumnFeature<From = string> extends OverEvents<From> {
  readonly take: 'sum' | 'mean' | 'distinct';
  readonly column: string;
}

/** The cell of the latest event; of events at one time, the later row's. Missing where that cell is. */
export interface LastFeature<From = string> extends OverEvents<From> {
  readonly take: 'last';
  readonly column: string;
  readonly type: ViewType;
}

/** A column of an attribute table. */
export interface AttributeFeature<From = string> {
  readonly take?: undefined;
  readonly from: From;
  readonly column: string;
  readonly type: ViewType;
}

/** Names of the sources that have a time. */
export type EventNames<S extends ViewSources> = {
  [K in keyof S & string]: S[K] extends { readonly time: string } ? K : never;
}[keyof S & string];

/** Names of the sources that have none. */
export type AttributeNames<S extends ViewSources> = Exclude<keyof S & string, EventNames<S>>;

/** Features by name. */
export type ViewFeatures<S extends ViewSources = ViewSources> = Readonly<
  Record<
    string,
    | CountFeature<EventNames<S>>
    | ColumnFeature<EventNames<S>>
    | LastFeature<EventNames<S>>
    | AttributeFeature<AttributeNames<S>>
  >
>;

interface TypeOf {
  readonly number: number;
  readonly string: string;
  readonly boolean: boolean;
  readonly datetime: Date;
}

type ValueOf<F> = F extends { readonly take: 'mean' }
  ? number | null
  : F extends { readonly type: infer T extends ViewType }
    ? TypeOf[T] | null
    : number;

/** The row that features make. */
export type FeatureRow<F> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** One declared feature, complete. */
export interface ViewFeature {
  readonly name: string;
  readonly from: string;
  /** Undefined for an attribute. */
  readonly take: 'count' | 'activeDays' | 'sum' | 'mean' | 'distinct' | 'last' | undefined;
  /** Empty where the feature reads none. */
  readonly column: string;
  readonly type: ViewType | undefined;
  /** Undefined where the window is all of the past. */
  readonly days: number | undefined;
  /** What each filtered column may hold. */
  readonly where: readonly (readonly [column: string, values: readonly (string | number | boolean)[]])[];
}

/** One declared source, complete. */
export interface ViewSource {
  readonly name: string;
  readonly key: string;
  /** Undefined for attributes. */
  readonly time: string | undefined;
}

/** Features over several tables, computed in the same way for a training set and for one entity at a time. */
export interface FeatureView<Row = unknown, Events extends string = string, Attributes extends string = string> {
  /** Column of the entity. */
  readonly entity: string;
  readonly sources: readonly ViewSource[];
  readonly features: readonly ViewFeature[];
  /**
   * One entity's features as of a time, from plain rows; missing is null. Events at or after that time, and those before
   * the window, do not count; their order matters only for `last` among events at the same time.
   * @param events the entity's events by source, all of them or at least those of the longest window
   * @param attributes the entity's row by source; undefined or null where there is none
   * @param at the time, as a date or in epoch milliseconds
   * @throws VALIDATION_FAILED where a cell has not the type that the view reads, VALUE_INVALID for an invalid `at`
   */
  online(
    events: Readonly<Record<Events, readonly RowData[]>>,
    attributes: Readonly<Record<Attributes, RowData | null | undefined>>,
    at: Date | number,
  ): Row;
}

/** The row type of a view: `type Prospect = ViewRow<typeof prospectView>`. */
export type ViewRow<V> = V extends { online(...given: never[]): infer Row } ? Row : never;
