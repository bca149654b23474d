// The tests of a model as CatBoost lists them: borders of numbers, and sets of categories as statistics that are 0 or more.
import type { Tree } from '../boosting/tree.js';
import type { JsonObject } from '../core/json.js';
import { categoryKey } from './category-key.js';
import { categoryHash } from './city-hash.js';
import { floorFloat32 } from './float32-neighbours.js';
import { otherLevels } from './lightgbm-text-writer.js';
import { unsupportedFile } from './model-file-error.js';
import { isSetNode, nodeLevels } from './tree-builder.js';
import type { TreeModel } from './tree-model.js';

/** Below every number; missing values count as less. */
const LOWEST = -3.4028234663852886e38;

/** A test of a set, and whether the branch of the rows that pass is that of the set. */
interface SetSplit {
  readonly split: JsonObject;
  readonly setPasses: boolean;
}

interface Statistics {
  /** Position among the categorical features. */
  readonly index: number;
  /** Sets as joined levels, by the order in which they were met. */
  readonly sets: Map<string, readonly number[]>;
}

/** Gives every test of a model its place in the order that `split_index` counts. */
export class CatboostSplitTable {
  readonly #model: TreeModel;
  /** Borders by feature, ascending. */
  readonly #borders = new Map<number, number[]>();
  readonly #statistics = new Map<number, Statistics>();
  /** Where the borders of a numeric feature, and the sets of a categorical one, start. */
  readonly #starts = new Map<number, number>();

  constructor(model: TreeModel) {
    this.#model = model;
    const borders = new Map<number, Set<number>>();
    for (const [i, { kind }] of model.features.entries()) {
      if (kind === 'categorical') this.#statistics.set(i, { index: this.#statistics.size, sets: new Map() });
      else borders.set(i, new Set());
    }
    for (const tree of model.ensemble.trees) {
      for (const [node, feature] of tree.splitFeature.entries()) {
        if (isSetNode(tree, node)) this.#add(tree, node, feature);
        else borders.get(feature)?.add(floorFloat32(tree.threshold[node] as number));
      }
    }
    let next = 0;
    for (const [feature, found] of borders) {
      if (this.#sendsMissingRight(feature)) found.add(LOWEST);
      this.#borders.set(
        feature,
        [...found].sort((a, b) => a - b),
      );
      this.#starts.set(feature, next);
      next += found.size;
    }
    for (const [feature, { sets }] of this.#statistics) {
      this.#starts.set(feature, next);
      next += sets.size;
    }
  }

  borderSplit(feature: number, threshold: number): JsonObject {
    return this.#border(feature, floorFloat32(threshold));
  }

  /** Rows that pass hold a number. */
  missingSplit(feature: number): JsonObject {
    return this.#border(feature, LOWEST);
  }

  setSplit(tree: Tree, node: number): SetSplit {
    const feature = tree.splitFeature[node] as number;
    const { sets } = this.#statistics.get(feature) as Statistics;
    const column = [...sets.keys()].indexOf(this.#set(tree, node).join());
    const split = {
      border: border(sets.size),
      ctr_target_border_idx: column,
      split_index: (this.#starts.get(feature) as number) + column,
      split_type: 'OnlineCtr',
    };
    return { split, setPasses: tree.defaultLeft[node] === 0 };
  }

  /** `features_info`, and the tables of statistics where there are any. */
  json(): { features: JsonObject; ctrData?: JsonObject | undefined } {
    const { features } = this.#model;
    const used = [...this.#statistics].filter(([, { sets }]) => sets.size > 0);
    const categories = new Map(
      used.flatMap(([feature]) => features[feature]?.levels ?? []).map((level) => [level, categoryHash(level)]),
    );
    const info = {
      float_features: [...this.#borders].map(([at, borders], index) => floatFeature(this.#model, at, index, borders)),
      ...(this.#statistics.size === 0
        ? {}
        : {
            categorical_features: [...this.#statistics].map(([at, { index }]) => {
              const name = features[at]?.name as string;
              return { feature_id: name, feature_index: index, feature_name: name, flat_feature_index: at };
            }),
            cat_features_hash: [...categories].map(([value, hash]) => ({ hash, value })),
          }),
      ...(used.length === 0 ? {} : { ctrs: used.flatMap(([, statistics]) => statisticsInfo(statistics)) }),
    };
    if (used.length === 0) return { features: info };
    const tables = used.map(([at, statistics]): [string, JsonObject] => {
      return [identifier(statistics.index), statisticsTable(statistics, features[at]?.levels ?? [])];
    });
    return { features: info, ctrData: Object.fromEntries(tables) };
  }

  #add(tree: Tree, node: number, feature: number): void {
    const statistics = this.#statistics.get(feature);
    if (statistics === undefined || this.#model.features[feature]?.levels === undefined) {
      throw unsupportedFile('CatBoost model', 'sets of categories need the names of the categories');
    }
    const set = this.#set(tree, node);
    statistics.sets.set(set.join(), set);
  }

  /** Missing and unseen categories pass no test there: a node that sends them left lists the others. */
  #set(tree: Tree, node: number): number[] {
    const own = nodeLevels(tree, node);
    const feature = this.#model.features[tree.splitFeature[node] as number];
    return tree.defaultLeft[node] === 1 ? otherLevels(own, feature) : own;
  }

  #sendsMissingRight(feature: number): boolean {
    return this.#model.ensemble.trees.some(({ splitFeature, defaultLeft }) => {
      return splitFeature.some((found, node) => found === feature && defaultLeft[node] === 0);
    });
  }

  #border(feature: number, value: number): JsonObject {
    const borders = this.#borders.get(feature) ?? [];
    const index = (this.#starts.get(feature) as number) + borders.indexOf(value);
    const numeric = [...this.#borders.keys()].indexOf(feature);
    return { border: value, float_feature_index: numeric, split_index: index, split_type: 'FloatFeature' };
  }
}

function floatFeature({ features }: TreeModel, at: number, index: number, borders: readonly number[]): JsonObject {
  const name = features[at]?.name as string;
  return {
    borders,
    ...{ feature_id: name, feature_name: name, feature_index: index, flat_feature_index: at },
    ...{ has_nans: true, nan_value_treatment: 'AsFalse' },
  };
}

function identifier(index: number): string {
  const element = `{"cat_feature_index":${index},"combination_element":"cat_feature_value"}`;
  return `{"identifier":[${element}],"type":"Buckets"}`;
}

/** A category's bucket `k` holds 1 where it is in set `k`: its share is then at least 1 / (sets + 1), else 0. */
function statisticsInfo({ index, sets }: Statistics): JsonObject[] {
  return Array.from({ length: sets.size }, (_, column) => ({
    borders: [border(sets.size)],
    ctr_type: 'Buckets',
    elements: [{ cat_feature_index: index, combination_element: 'cat_feature_value' }],
    identifier: identifier(index),
    prior_denomerator: 1,
    prior_numerator: 0,
    scale: 1,
    shift: 0,
    target_border_idx: column,
  }));
}

function border(nSets: number): number {
  return Math.fround(0.5 / (nSets + 1));
}

function statisticsTable({ sets }: Statistics, levels: readonly string[]): JsonObject {
  const members = [...sets.values()].map((set) => new Set(set));
  const cells = levels.flatMap((level, position) => {
    const row = members.map((set) => Number(set.has(position)));
    return [categoryKey(categoryHash(level) | 0), ...row];
  });
  return { counter_denominator: 0, hash_map: cells, hash_stride: members.length + 1 };
}
