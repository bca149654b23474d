// Models as ONNX over a matrix of encoded features, in float64: trees as TreeEnsemble (ai.onnx.ml 5), linear models as a product.
import type { TreeEnsemble } from '../boosting/scoring/tree-ensemble.js';
import type { Tree } from '../boosting/tree.js';
import { unsupportedFile } from './model-file-error.js';
import type { OnnxAttribute, OnnxConstant, OnnxNode, OnnxPart } from './onnx-graph.js';
import { elementType, ML_DOMAIN } from './onnx-graph.js';
import type { LinkName, ScoreLink } from './score-link.js';
import { isSetNode, nodeLevels } from './tree-builder.js';
import { treesWithBase } from './tree-folding.js';
import type { TreeModel } from './tree-model.js';

const [LESS_OR_EQUAL, MEMBER] = [0, 6];
const SUM = 1;
const OPERATORS: Partial<Record<LinkName, string>> = {
  sigmoid: 'Sigmoid',
  softmax: 'Softmax',
  exp: 'Exp',
  softplus: 'Softplus',
};

/** A linear model: coefficients [nOutputs * nFeatures], output by output, and intercepts [nOutputs]. */
export interface OnnxLinear {
  readonly nFeatures: number;
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
  readonly link: 'identity' | 'sigmoid' | 'softmax';
}

/**
 * A model of trees, from the tensor `features` [N, nFeatures], float64, NaN for missing, categories as level positions, to the
 * tensor `scores` [N, nOutputs].
 * @throws MODEL_FILE_UNSUPPORTED for links that ONNX has no operator for
 */
export function onnxTrees({ ensemble, link, zeroMissing }: TreeModel): OnnxPart {
  if (zeroMissing.length > 0) throw unsupportedFile('ONNX model', 'zeros cannot count as missing there');
  const rounds = ensemble.inputPrecision === 'float32';
  const trees: OnnxNode = {
    op: 'TreeEnsemble',
    domain: ML_DOMAIN,
    inputs: [rounds ? 'rounded' : 'features'],
    outputs: ['sums'],
    attributes: treeAttributes(ensemble),
  };
  return {
    nodes: [...(rounds ? roundingNodes() : []), trees, ...linkNodes(link)],
    constants: linkConstants(link),
  };
}

/** A linear model between the same tensors. */
export function onnxLinear({ nFeatures, coefficients, intercepts, link }: OnnxLinear): OnnxPart {
  const scoring: ScoreLink = { name: link, divisor: 1, slope: 1, precision: 'float64' };
  const nOutputs = intercepts.length;
  const product: OnnxNode = {
    op: 'Gemm',
    inputs: ['features', 'coefficients', 'intercepts'],
    outputs: ['sums'],
    attributes: { transB: 1 },
  };
  return {
    nodes: [product, ...linkNodes(scoring)],
    constants: [
      { name: 'coefficients', dims: [nOutputs, nFeatures], values: coefficients },
      { name: 'intercepts', dims: [nOutputs], values: intercepts },
      ...linkConstants(scoring),
    ],
  };
}

/** The same scores [nOutputs] for every row. */
export function onnxConstant(scores: Float64Array): OnnxPart {
  return {
    nodes: [
      { op: 'Shape', inputs: ['features'], outputs: ['rows'], attributes: { start: 0, end: 1 } },
      { op: 'Concat', inputs: ['rows', 'outputs'], outputs: ['shape'], attributes: { axis: 0 } },
      { op: 'Expand', inputs: ['constant', 'shape'], outputs: ['scores'] },
    ],
    constants: [
      { name: 'outputs', dims: [1], values: BigInt64Array.of(BigInt(scores.length)) },
      { name: 'constant', dims: [1, scores.length], values: scores },
    ],
  };
}

/** Numbers are compared in float32 by the libraries that round them. */
function roundingNodes(): OnnxNode[] {
  return [
    { op: 'Cast', inputs: ['features'], outputs: ['single'], attributes: { to: elementType('float32') } },
    { op: 'Cast', inputs: ['single'], outputs: ['rounded'], attributes: { to: elementType('float64') } },
  ];
}

function linkNodes({ name, divisor, slope }: ScoreLink): OnnxNode[] {
  const factor = slope / divisor;
  const scaled: OnnxNode[] = factor === 1 ? [] : [{ op: 'Mul', inputs: ['sums', 'factor'], outputs: ['scaled'] }];
  const last = factor === 1 ? 'sums' : 'scaled';
  if (name === 'identity') return [...scaled, { op: 'Identity', inputs: [last], outputs: ['scores'] }];
  const op = OPERATORS[name];
  if (op === undefined) throw unsupportedFile('ONNX model', `outputs through ${name} have no operator`);
  const axis = name === 'softmax' ? { attributes: { axis: 1 } } : {};
  return [...scaled, { op, inputs: [last], outputs: ['scores'], ...axis }];
}

function linkConstants({ divisor, slope }: ScoreLink): OnnxConstant[] {
  const factor = slope / divisor;
  return factor === 1 ? [] : [{ name: 'factor', dims: [1], values: Float64Array.of(factor) }];
}

/** The nodes and leaves of all trees in one row each. */
function treeAttributes(ensemble: TreeEnsemble): Record<string, OnnxAttribute> {
  const trees = treesWithBase(ensemble).map(withNode);
  const [roots, features, trueNodes, trueLeaves, falseNodes, falseLeaves] = [
    [],
    [],
    [],
    [],
    [],
    [],
  ] as number[][] as Six;
  const [missing, targets] = [[], []] as [number[], number[]];
  const [modes, splits, weights, members] = [[], [], [], []] as [number[], number[], number[], number[]];
  for (const [t, tree] of trees.entries()) {
    const [firstNode, firstLeaf] = [features.length, weights.length];
    roots.push(firstNode);
    for (const [node, feature] of tree.splitFeature.entries()) {
      const place = (child: number): number => (child >= 0 ? firstNode + child : firstLeaf + ~child);
      const [left, right] = [tree.leftChild[node] as number, tree.rightChild[node] as number];
      const isSet = isSetNode(tree, node);
      features.push(feature);
      modes.push(isSet ? MEMBER : LESS_OR_EQUAL);
      splits.push(isSet ? 0 : (tree.threshold[node] as number));
      if (isSet) members.push(...setMembers(tree, node), Number.NaN);
      trueNodes.push(place(left));
      trueLeaves.push(Number(left < 0));
      falseNodes.push(place(right));
      falseLeaves.push(Number(right < 0));
      missing.push(tree.defaultLeft[node] as number);
    }
    weights.push(...tree.leafValue);
    for (const _ of tree.leafValue) targets.push(t % ensemble.nOutputs);
  }
  return {
    n_targets: ensemble.nOutputs,
    aggregate_function: SUM,
    post_transform: 0,
    tree_roots: roots,
    nodes_modes: Uint8Array.from(modes),
    nodes_featureids: features,
    nodes_splits: Float64Array.from(splits),
    nodes_truenodeids: trueNodes,
    nodes_trueleafs: trueLeaves,
    nodes_falsenodeids: falseNodes,
    nodes_falseleafs: falseLeaves,
    nodes_missing_value_tracks_true: missing,
    leaf_targetids: targets,
    leaf_weights: Float64Array.from(weights),
    ...(members.length === 0 ? {} : { membership_values: Float64Array.from(members) }),
  };
}

type Six = [number[], number[], number[], number[], number[], number[]];

/** No list may be empty there: -1 is no level. */
function setMembers(tree: Tree, node: number): number[] {
  const levels = nodeLevels(tree, node);
  return levels.length === 0 ? [-1] : levels;
}

/** A tree of one leaf gets a node whose two leaves are that one: each tree must start with a node. */
function withNode(tree: Tree): Tree {
  if (tree.splitFeature.length > 0) return tree;
  const value = tree.leafValue[0] as number;
  return {
    ...tree,
    splitFeature: Int32Array.of(0),
    threshold: Float64Array.of(0),
    defaultLeft: Uint8Array.of(1),
    categoryStart: new Int32Array(2),
    leftChild: Int32Array.of(-1),
    rightChild: Int32Array.of(-2),
    leafValue: Float64Array.of(value, value),
  };
}
