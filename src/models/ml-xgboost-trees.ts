// The trees of the npm package ml-xgboost in the form that file formats are written from.
import type { ModelFeature } from '../core/feature-matrix.js';
import type { Task } from '../core/feature-spec.js';
import { previousFloat32 } from '../formats/float32-neighbours.js';
import { scoreLink } from '../formats/score-link.js';
import type { BuiltLeaf, BuiltNode } from '../formats/tree-builder.js';
import { buildTree } from '../formats/tree-builder.js';
import type { TreeModel } from '../formats/tree-model.js';
import { ABOVE_MINUS_ONE } from './package-value.js';
import type { BinaryXgboost } from './xgboost-binary.js';

const LINKS = { binary: 'sigmoid', multiclass: 'softmax', regression: 'identity' } as const;

/** The model as trees; the package adds the base score last, these add it first, which may round float32 sums another way. */
export function mlXgboostTrees(binary: BinaryXgboost, task: Task, features: readonly ModelFeature[]): TreeModel {
  const { objective, nFeatures, nGroups, baseScore, roots, groups } = binary;
  const byOutput = Array.from({ length: nGroups }, (_, output) => [...roots].filter((_, t) => groups[t] === output));
  const rounds = byOutput[0]?.length ?? 0;
  const inRounds = Array.from({ length: rounds }, (_, round) => byOutput.map((own) => own[round] as number)).flat();
  return {
    ...{ task, features, objective, zeroMissing: [] },
    nClasses: { binary: 2, multiclass: nGroups, regression: 1 }[task],
    link: scoreLink(LINKS[task], { precision: 'float32' }),
    ensemble: {
      ...{ nFeatures, nOutputs: nGroups, inputPrecision: 'float32', sumPrecision: 'float32' },
      baseScore: new Float64Array(nGroups).fill(baseScore),
      trees: inRounds.map((root) => tree(binary, root)),
    },
  };
}

function tree({ features, values, left, right, gains }: BinaryXgboost, root: number) {
  const nodes: BuiltNode[] = [];
  const leaves: BuiltLeaf[] = [];
  const add = (at: number): number => {
    if ((features[at] as number) < 0) return ~(leaves.push({ value: values[at] as number }) - 1);
    const position = nodes.push({ feature: 0, threshold: 0, defaultLeft: true, left: 0, right: 0 }) - 1;
    nodes[position] = {
      feature: features[at] as number,
      threshold: threshold(values[at] as number),
      defaultLeft: true,
      left: add(left[at] as number),
      right: add(right[at] as number),
      gain: Math.max(gains[at] as number, 0),
    };
    return position;
  };
  add(root);
  return buildTree(nodes, leaves);
}

/** `x < value` as `x <= threshold`, where the package saw the number above -1 in place of -1. */
function threshold(value: number): number {
  return previousFloat32(value === ABOVE_MINUS_ONE ? -1 : value);
}
