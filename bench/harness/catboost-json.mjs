// CatBoost's JSON model with numeric features and one output as a tree ensemble, for benchmarks, with no checks.

/** @param {any} model the parsed file; nan_value_treatment AsTrue sends missing values right */
export function catboostEnsemble(model) {
  const features = model.features_info.float_features;
  const [scale, [bias]] = model.scale_and_bias;
  return {
    nFeatures: features.length,
    nOutputs: 1,
    baseScore: Float64Array.of(bias),
    trees: model.oblivious_trees.map((tree) => symmetricTree(tree, features, scale)),
    inputPrecision: 'float32',
    sumPrecision: 'float64',
  };
}

/** Level by level from the root; CatBoost's first split is the lowest bit of a leaf's index, so the last split is the root. */
function symmetricTree({ splits, leaf_values, leaf_weights }, features, scale) {
  const depth = splits.length;
  const nNodes = 2 ** depth - 1;
  const levels = Array.from({ length: nNodes }, (_, node) => splits[depth - 1 - Math.floor(Math.log2(node + 1))]);
  const child = (at) => (at < nNodes ? at : ~(at - nNodes));
  return {
    splitFeature: Int32Array.from(levels, (split) => split.float_feature_index),
    threshold: Float64Array.from(levels, (split) => Math.fround(split.border)),
    defaultLeft: Uint8Array.from(levels, (split) => {
      return Number(features[split.float_feature_index].nan_value_treatment !== 'AsTrue');
    }),
    categoryStart: new Int32Array(nNodes + 1),
    categoryBits: new Uint32Array(0),
    leftChild: Int32Array.from({ length: nNodes }, (_, node) => child(2 * node + 1)),
    rightChild: Int32Array.from({ length: nNodes }, (_, node) => child(2 * node + 2)),
    leafValue: Float64Array.from(leaf_values, (value) => value * scale),
    gain: new Float64Array(nNodes),
    nodeCover: new Float64Array(nNodes),
    leafCover: Float64Array.from(leaf_weights),
    nodeCount: new Int32Array(nNodes),
    leafCount: new Int32Array(nNodes + 1),
  };
}
