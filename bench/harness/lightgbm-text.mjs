// LightGBM's text model as a tree ensemble: enough of the format for benchmarks and oracle tests, with no checks.

const DEFAULT_LEFT = 2;
const MISSING_NAN = 2;

/** @param {string} text a saved model without zero_as_missing */
export function lightgbmEnsemble(text) {
  const [header, ...blocks] = text.split(/^Tree=\d+$/m);
  const { num_tree_per_iteration, max_feature_idx } = fields(header);
  return {
    nFeatures: Number(max_feature_idx) + 1,
    nOutputs: Number(num_tree_per_iteration),
    baseScore: new Float64Array(Number(num_tree_per_iteration)),
    trees: blocks.map((block) => tree(fields(block))),
    inputPrecision: 'float64',
    sumPrecision: 'float64',
  };
}

function fields(block) {
  const lines = block.split('\n\n\n')[0].split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

function tree(raw) {
  const numbers = (key) => (raw[key] ? raw[key].split(' ').map(Number) : []);
  const decisions = numbers('decision_type');
  const thresholds = numbers('threshold');
  const boundaries = numbers('cat_boundaries');
  const words = numbers('cat_threshold');
  const bits = decisions.map((decision, i) => {
    return decision & 1 ? words.slice(boundaries[thresholds[i]], boundaries[thresholds[i] + 1]) : [];
  });
  const nNodes = decisions.length;
  return {
    splitFeature: Int32Array.from(numbers('split_feature')),
    threshold: Float64Array.from(thresholds, (threshold, i) => (decisions[i] & 1 ? 0 : threshold)),
    defaultLeft: Uint8Array.from(decisions, (decision, i) => Number(missingGoesLeft(decision, thresholds[i]))),
    categoryStart: Int32Array.from({ length: nNodes + 1 }, (_, i) => bits.slice(0, i).flat().length),
    categoryBits: Uint32Array.from(bits.flat()),
    leftChild: Int32Array.from(numbers('left_child')),
    rightChild: Int32Array.from(numbers('right_child')),
    leafValue: Float64Array.from(numbers('leaf_value')),
    gain: Float64Array.from(numbers('split_gain')),
    nodeCover: Float64Array.from(numbers('internal_weight')),
    leafCover: Float64Array.from(nNodes === 0 ? [0] : numbers('leaf_weight')),
    nodeCount: Int32Array.from(numbers('internal_count')),
    leafCount: Int32Array.from(nNodes === 0 ? [1] : numbers('leaf_count')),
  };
}

/** Where training saw no missing values, NaN counts as 0; in a categorical split it is in no set. */
function missingGoesLeft(decision, threshold) {
  if (decision & 1) return false;
  return ((decision >> 2) & 3) === MISSING_NAN ? (decision & DEFAULT_LEFT) !== 0 : threshold >= 0;
}
