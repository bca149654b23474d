// For tests of your own code: check suites for every contract, and small stand-ins.
export type { CheckModelOptions, ModelPromise } from './testing/check-model.js';
export { checkModel } from './testing/check-model.js';
export { checkOnlineStore } from './testing/check-online-store.js';
export { checkRegistry } from './testing/check-registry.js';
export { checkTransformer } from './testing/check-transformer.js';
export { memoryRegistry } from './testing/memory-registry.js';
export { readStubModel, stubModel } from './testing/stub-model.js';
