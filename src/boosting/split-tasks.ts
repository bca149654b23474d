// What the lead tells the threads about leaves to split and histograms to merge: tables in the shared memory.
import type { MemoryLayout } from './memory-layout.js';
import type { MemoryViews } from './memory-views.js';

/** Rows of `leaf` go to it and to `newLeaf` by a node; then the histogram of `small` is summed, unless it is -1. */
export interface SplitTask {
  readonly leaf: number;
  readonly newLeaf: number;
  readonly column: number;
  readonly node: number;
  readonly small: number;
  /** Where the histogram goes. */
  readonly slot: number;
}

/** The histogram of a smaller child is put together in `slot` and taken off its sibling's. */
export interface MergeTask {
  /** Position of the split it comes from. */
  readonly part: number;
  readonly slot: number;
  readonly sibling: number;
  /** Quantized sums of the smaller child. */
  readonly sumG: number;
  readonly sumH: number;
  /** Leaves to search then: 1 for the smaller child, at twice the task's position, 2 for its sibling, behind it. */
  readonly searches: number;
}

export function writeSplitTask({ i32 }: MemoryViews, layout: MemoryLayout, i: number, task: SplitTask): void {
  const at = layout.splitTasks / 4 + i * 6;
  i32[at] = task.leaf;
  i32[at + 1] = task.newLeaf;
  i32[at + 2] = task.column;
  i32[at + 3] = task.node;
  i32[at + 4] = task.small;
  i32[at + 5] = task.slot;
}

export function readSplitTask({ i32 }: MemoryViews, layout: MemoryLayout, i: number): SplitTask {
  const at = layout.splitTasks / 4 + i * 6;
  return {
    leaf: i32[at] as number,
    newLeaf: i32[at + 1] as number,
    column: i32[at + 2] as number,
    node: i32[at + 3] as number,
    small: i32[at + 4] as number,
    slot: i32[at + 5] as number,
  };
}

export function writeMergeTask({ i32 }: MemoryViews, layout: MemoryLayout, i: number, task: MergeTask): void {
  const at = layout.mergeTasks / 4 + i * 6;
  i32[at] = task.part;
  i32[at + 1] = task.slot;
  i32[at + 2] = task.sibling;
  i32[at + 3] = task.sumG;
  i32[at + 4] = task.sumH;
  i32[at + 5] = task.searches;
}

export function readMergeTask({ i32 }: MemoryViews, layout: MemoryLayout, i: number): MergeTask {
  const at = layout.mergeTasks / 4 + i * 6;
  return {
    part: i32[at] as number,
    slot: i32[at + 1] as number,
    sibling: i32[at + 2] as number,
    sumG: i32[at + 3] as number,
    sumH: i32[at + 4] as number,
    searches: i32[at + 5] as number,
  };
}
