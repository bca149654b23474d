// The WebAssembly kernel of batch scoring; assembly/scoring.ts documents each function.
import { SCORING_WASM_BASE64 } from '../generated/scoring-wasm.js';

type RankColumnKernel = (values: number, count: number, grid: number, left: number, right: number) => void;
type LevelColumnsKernel = (values: number, count: number, nLevels: number, bytes: number, bits: number) => void;

/** One instance with a memory of its own; addresses are byte offsets in it. */
export interface ScoringKernel {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly rank32: RankColumnKernel;
  readonly rank64: RankColumnKernel;
  readonly levels32: LevelColumnsKernel;
  readonly levels64: LevelColumnsKernel;
  addTrees(program: number, nTrees: number, ranks: number, nRows: number, scratch: number, float32: number): void;
  scoreRow(
    roots: number,
    nTrees: number,
    row: number,
    nodes: number,
    leafValues: number,
    base: number,
    float32: number,
  ): number;
}

/** undefined before the first use, null where the host has no WebAssembly SIMD. */
let compiled: WebAssembly.Module | null | undefined;

/** Makes an instance, or gives undefined where the host cannot run it. */
export function scoringKernel(): ScoringKernel | undefined {
  if (compiled === undefined)
    compiled = attempt(() => new WebAssembly.Module(Buffer.from(SCORING_WASM_BASE64, 'base64')));
  const module = compiled;
  if (module === null) return undefined;
  const instance = attempt(() => new WebAssembly.Instance(module));
  return instance === null ? undefined : (instance.exports as unknown as ScoringKernel);
}

/** null where WebAssembly, its SIMD or room for its memory is missing. */
function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
