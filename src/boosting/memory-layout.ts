// Where everything of one training run lies in its memory, as byte offsets: one block shared by all threads.
import { TabwrightError } from '../core/tabwright-error.js';

/** What decides the sizes. */
export interface LayoutRequest {
  /** Rows trained on, and those followed by validation rows. */
  readonly nRows: number;
  readonly nAllRows: number;
  readonly nColumns: number;
  readonly nScores: number;
  readonly maxLeaves: number;
  readonly nThreads: number;
  /** Rows that bin boundaries are found from. */
  readonly sampleRows: number;
  /** Whether leaves of a level are split together, rather than one by one. */
  readonly isByLevel: boolean;
}

/** Offsets in bytes; the shape of what lies there is beside each. */
export interface MemoryLayout extends LayoutRequest {
  /** Records of a block hold `groups * 4` columns and the packed gradient: `stride` bytes; block b is `blockBytes` behind b - 1. */
  readonly nBlocks: number;
  readonly groups: number;
  readonly stride: number;
  readonly blockBytes: number;
  /** Columns of all blocks with padding, `nBlocks * groups * 4`. */
  readonly nSlots: number;
  /** Bytes of one leaf's histogram: planes of gradients and hessians, i32 [nSlots][256] each. */
  readonly histogramBytes: number;
  /** Leaves that are split between two joins of the threads: S below. */
  readonly splitsAtOnce: number;
  /** i32 words of the thread crew. */
  readonly control: number;
  /** u8 [nColumns][columnBytes]. */
  readonly columns: number;
  readonly columnBytes: number;
  /** f64 [nScores][nAllRows], f64 [nAllRows], f64 [nAllRows]. */
  readonly scores: number;
  readonly target: number;
  readonly weights: number;
  /** f64 [nScores][nRows][2]. */
  readonly gradients: number;
  readonly records: number;
  /** u32 [nRows] each; `spare` holds every row's leaf once a tree is grown. */
  readonly rows: number;
  readonly spare: number;
  /** u8 [nRows]: 1 where the row is in the sample of this iteration. */
  readonly inBag: number;
  /** i32 [nThreads][maxLeaves][2]: first position in `rows` and count. */
  readonly leafRows: number;
  /** Of each thread: i32 [groups * 4][256], and room behind it for records that are gathered. */
  readonly packed: number;
  readonly packedBytes: number;
  /** [S][nThreads] histograms. */
  readonly wide: number;
  /** [maxLeaves] histograms. */
  readonly histograms: number;
  /** u8 [maxLeaves][256]: per node, 1 where a bin goes left. */
  readonly goesLeft: number;
  /** i32 [maxLeaves][3]: per node column, left child, right child. */
  readonly nodes: number;
  /** f64 [maxLeaves]. */
  readonly leafValues: number;
  /** f64 [2 S][nColumns][8], u8 [2 S][nColumns][256]: the best split of each column for the leaves that are searched. */
  readonly candidates: number;
  readonly candidateBins: number;
  /** u8 [2 S][nColumns]: 1 where a leaf may be split by the column. */
  readonly allowed: number;
  /** i32 [nColumns][2]: bins that the searching kernels look at, 0 for columns they leave out; 1 where values are missing. */
  readonly columnBins: number;
  /** f64 [2 S][12]: the leaves to search. */
  readonly searches: number;
  /** i32 [S][6] each; see split-tasks.ts. */
  readonly splitTasks: number;
  readonly mergeTasks: number;
  /** f64 [maxLeaves][3]: leaves of a level of a symmetric tree: byte offset of the histogram, quantized sums. */
  readonly level: number;
  /** f64 [nThreads][maxLeaves][2]. */
  readonly leafSums: number;
  /** f64 [nThreads][nScores][2]. */
  readonly extents: number;
  /** Scratch of each thread: f64 [256] of bounds, i32 [2048] of digits, f64 [2][sampleRows], while binning; f32 [512] in a search. */
  readonly scratch: number;
  readonly scratchBytes: number;
  /** f64 [nThreads][nAllRows], f32 for columns in single precision: raw columns while binning; the same bytes hold gradients and records afterwards. */
  readonly staging: number;
  readonly totalBytes: number;
}

const MAX_COLUMNS_PER_BLOCK = 28;
/** 64 records. */
const GATHERED_BYTES = 64 * 32;
const MOST_SPLITS_AT_ONCE = 16;
const MOST_BYTES_AT_ONCE = 2 ** 22;
const LIMIT = 2 ** 32 - 65536;

/**
 * Lays out the memory.
 * @throws DATA_TOO_LARGE past 4 GiB
 */
export function memoryLayout(request: LayoutRequest): MemoryLayout {
  const { nRows, nAllRows, nColumns, nScores, maxLeaves, nThreads } = request;
  const blocks = blocksOf(nColumns);
  const { nBlocks, groups, stride, histogramBytes } = blocks;
  const blockBytes = align(nRows * stride);
  const splitsAtOnce = request.isByLevel ? splitsWithin(histogramBytes) : 1;
  let end = 1024;
  const take = (bytes: number): number => {
    const start = end;
    end = align(end + bytes);
    return start;
  };
  const staging = end;
  const layout = {
    ...request,
    ...blocks,
    blockBytes,
    splitsAtOnce,
    control: 0,
    staging,
    gradients: take((nScores * nRows + 1) * 16),
    records: take(nBlocks * blockBytes),
    rows: take(nRows * 4 + 64),
    spare: take(nRows * 4 + 64),
  };
  end = Math.max(end, align(staging + nThreads * nAllRows * 8));
  const columnBytes = align(nAllRows);
  const scratchBytes = align(2048 + 8192 + request.sampleRows * 16);
  const packedBytes = groups * 4 * 1024 + GATHERED_BYTES;
  const rest = {
    columns: take(nColumns * columnBytes),
    columnBytes,
    scores: take((nScores * nAllRows + 2) * 8),
    target: take((nAllRows + 2) * 8),
    weights: take((nAllRows + 2) * 8),
    inBag: take(nRows),
    leafRows: take(nThreads * maxLeaves * 8),
    packed: take(nThreads * packedBytes),
    packedBytes,
    wide: take(splitsAtOnce * nThreads * histogramBytes),
    histograms: take(maxLeaves * histogramBytes),
    goesLeft: take(maxLeaves * 256),
    nodes: take(maxLeaves * 12),
    leafValues: take(maxLeaves * 8),
    candidates: take(2 * splitsAtOnce * nColumns * 64),
    candidateBins: take(2 * splitsAtOnce * nColumns * 256),
    allowed: take(2 * splitsAtOnce * nColumns),
    columnBins: take(nColumns * 8),
    searches: take(2 * splitsAtOnce * 96),
    splitTasks: take(splitsAtOnce * 24),
    mergeTasks: take(splitsAtOnce * 24),
    level: take(maxLeaves * 24),
    leafSums: take(nThreads * maxLeaves * 16),
    extents: take(nThreads * nScores * 16),
    scratch: take(nThreads * scratchBytes),
    scratchBytes,
  };
  if (end > LIMIT) throw tooLarge(request, end);
  return { ...layout, ...rest, totalBytes: end };
}

/** Columns in as few blocks as hold them, all of the same width. */
function blocksOf(nColumns: number): Pick<MemoryLayout, 'nBlocks' | 'groups' | 'stride' | 'nSlots' | 'histogramBytes'> {
  const nBlocks = Math.max(1, Math.ceil(nColumns / MAX_COLUMNS_PER_BLOCK));
  const groups = Math.max(1, Math.ceil(nColumns / nBlocks / 4));
  const nSlots = nBlocks * groups * 4;
  return { nBlocks, groups, stride: groups * 4 + 4, nSlots, histogramBytes: nSlots * 2048 };
}

/** As many histograms as still fit the cache, at least one. */
function splitsWithin(histogramBytes: number): number {
  return Math.min(MOST_SPLITS_AT_ONCE, Math.max(1, Math.floor(MOST_BYTES_AT_ONCE / histogramBytes)));
}

function align(bytes: number): number {
  return Math.ceil(bytes / 128) * 128;
}

function tooLarge(request: LayoutRequest, bytes: number): TabwrightError {
  const gib = (bytes / 2 ** 30).toFixed(1);
  return new TabwrightError(
    'DATA_TOO_LARGE',
    `gradientBoosting: ${request.nAllRows} rows x ${request.nColumns} columns with ${request.maxLeaves} leaves need ${gib} GiB of ` +
      'the 4 GiB one WebAssembly memory can hold; train on a sample of the rows, lower numLeaves, drop columns, or train on ' +
      'Spark and import the model',
  );
}
