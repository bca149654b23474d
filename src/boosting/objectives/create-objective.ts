import { binaryObjective } from './binary.js';
import { multiclassObjective } from './multiclass.js';
import type { Objective } from './objective.js';
import {
  absoluteObjective,
  huberObjective,
  poissonObjective,
  quantileObjective,
  squaredObjective,
} from './regression.js';

/** Names of the built-in objectives, and `custom` for gradients the caller computes. */
export const OBJECTIVES = [
  'binary',
  'multiclass',
  'regression',
  'regressionL1',
  'huber',
  'quantile',
  'poisson',
  'custom',
] as const;
export type ObjectiveName = (typeof OBJECTIVES)[number];

/** An objective as plain data, which can be sent to a thread or stored with a model. */
export interface ObjectiveSpec {
  readonly name: ObjectiveName;
  readonly nClasses: number;
  /** Of huber and quantile. */
  readonly alpha: number;
  readonly poissonMaxDeltaStep: number;
}

/** The objective of a specification. A custom one has no gradients of its own, and outputs raw scores. */
export function createObjective(spec: ObjectiveSpec): Objective {
  switch (spec.name) {
    case 'binary':
      return binaryObjective;
    case 'multiclass':
      return multiclassObjective(spec.nClasses);
    case 'regression':
      return squaredObjective;
    case 'regressionL1':
      return absoluteObjective;
    case 'huber':
      return huberObjective(spec.alpha);
    case 'quantile':
      return quantileObjective(spec.alpha);
    case 'poisson':
      return poissonObjective(spec.poissonMaxDeltaStep);
    case 'custom':
      return {
        name: 'custom',
        nScores: spec.nClasses > 2 ? spec.nClasses : 1,
        baseScore: () => new Float64Array(spec.nClasses > 2 ? spec.nClasses : 1),
        gradients() {},
        toOutput() {},
      };
  }
}
