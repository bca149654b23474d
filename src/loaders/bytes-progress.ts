import type { ProgressListener } from '../core/progress.js';

/** Turns offsets in one file into progress over all; offsets that go back are left out. */
export function bytesProgress(
  onProgress: ProgressListener | undefined,
  { before, total, message }: { readonly before: number; readonly total: number; readonly message: string },
): (completed: number) => void {
  let furthest = -1;
  return (completed) => {
    if (completed <= furthest) return;
    furthest = completed;
    // A pipe has no size, and a file may have grown.
    onProgress?.({ phase: 'load', completed: before + completed, total: Math.max(total, before + completed), message });
  };
}
