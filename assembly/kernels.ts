// The hot loops of boosting over raw addresses; src/boosting/plain-kernels.ts is the same arithmetic in TypeScript, bit for bit.
export { binColumn, binFloats, interleave } from './binning';
export { binaryGradients, extent, squaredGradients } from './gradients';
export { histogramDense, histogramRows, spill } from './histogram';
export { combineHistogram, mergeHistogram, subtractHistogram } from './merge';
export { listRows, partition } from './partition';
export { searchBins } from './search';
export { searchLevel } from './search-level';
export { sortNumbers } from './sort';
export { quantize } from './quantize';
export { addByLeaf, markRows, sumByLeaf } from './leaves';
