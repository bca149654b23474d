import { KERNELS_WASM_BASE64 } from './generated/kernels-wasm.js';

let compiled: WebAssembly.Module | undefined;

/** The kernels' module, compiled once per process on first use. Throws where the host has no WebAssembly with SIMD and threads. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Buffer.from(KERNELS_WASM_BASE64, 'base64'));
  return compiled;
}
