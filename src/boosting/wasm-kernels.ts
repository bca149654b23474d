import { TabwrightError } from '../core/tabwright-error.js';
import type { Kernels } from './kernels.js';

/** The WebAssembly kernels over one shared memory. */
export function wasmKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const abort = (): never => {
    throw new TabwrightError('INTERNAL', 'a boosting kernel aborted');
  };
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Kernels;
}
