// What changed between two versions of a view: columns, numbers of rows, and each column's missing cells and mean.
import type { ColumnTable } from 'arquero';
import { BooleanColumn } from '../../table/boolean-column.js';
import type { Column } from '../../table/column.js';
import { readColumn } from '../../table/read-column.js';
import { ExactSum } from '../exact-sum.js';
import type { ViewType } from '../view-types.js';
import type { FeatureVersion } from './feature-version.js';
import { definedView, featureColumns } from './view-definition.js';

/** A number in two versions. */
export interface FromTo<T = number> {
  readonly from: T;
  readonly to: T;
}

/** A feature that both versions have. */
export interface FeatureDiff {
  readonly name: string;
  /** Share of missing cells, in [0, 1]. */
  readonly missing: FromTo;
  /** Mean of the present cells of numbers and booleans; null for other types and where no cell is present. */
  readonly mean: FromTo<number | null>;
}

/** The difference of two versions. */
export interface VersionDiff {
  readonly view: string;
  readonly versions: FromTo;
  readonly nRows: FromTo;
  readonly nEntities: FromTo;
  /** Features that only the later version has, that only the earlier has, and that changed their type or declaration. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Features that both have, in the order of the later version. */
  readonly features: readonly FeatureDiff[];
}

/** A version with its rows. */
export interface VersionRows {
  readonly version: FeatureVersion;
  readonly rows: ColumnTable;
}

/** Compares two versions. */
export function diffVersions(from: VersionRows, to: VersionRows): VersionDiff {
  const before = declarations(from.version);
  const after = declarations(to.version);
  const both = [...after.keys()].filter((name) => before.has(name));
  const pair = <T>(read: (of: VersionRows) => T): FromTo<T> => ({ from: read(from), to: read(to) });
  return {
    view: to.version.view,
    versions: pair(({ version }) => version.version),
    nRows: pair(({ version }) => version.nRows),
    nEntities: pair(({ version }) => version.nEntities),
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: both.filter((name) => before.get(name) !== after.get(name)),
    features: both.map((name) => ({
      name,
      missing: pair(({ rows }) => missingShare(readColumn(rows, name))),
      mean: pair(({ rows }) => meanOf(readColumn(rows, name))),
    })),
  };
}

/** Features by name, each with its type and all that it was declared with. */
function declarations({ definition }: FeatureVersion): Map<string, string> {
  const view = definedView(definition);
  const types = new Map<string, ViewType>(featureColumns(view).map(({ name, type }) => [name, type]));
  const sources = new Map(view.sources.map((source) => [source.name, source]));
  return new Map(
    view.features.map((feature) => [
      feature.name,
      JSON.stringify([types.get(feature.name), feature, sources.get(feature.from)]),
    ]),
  );
}

function missingShare(column: Column): number {
  let nMissing = 0;
  for (let row = 0; row < column.length; row++) {
    const cell = column.at(row);
    if (cell === null || Number.isNaN(cell)) nMissing += 1;
  }
  return column.length === 0 ? 0 : nMissing / column.length;
}

function meanOf(column: Column): number | null {
  if (!(column instanceof Float64Array || column instanceof BooleanColumn)) return null;
  const total = new ExactSum();
  let nPresent = 0;
  for (let row = 0; row < column.length; row++) {
    const cell = column.at(row);
    if (cell === null || cell === undefined || !Number.isFinite(Number(cell))) continue;
    total.add(Number(cell));
    nPresent += 1;
  }
  return nPresent === 0 ? null : total.value() / nPresent;
}
