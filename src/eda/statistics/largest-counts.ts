/** Keeps the values with the largest counts; of equal counts those that came first. */
export class LargestCounts<T> {
  private readonly limit: number;
  private readonly kept: [T, number][] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  add(value: T, count: number): void {
    const { kept, limit } = this;
    if (kept.length === limit && count <= (kept[limit - 1] as [T, number])[1]) return;
    let at = kept.length === limit ? limit - 1 : kept.length;
    while (at > 0 && (kept[at - 1] as [T, number])[1] < count) {
      kept[at] = kept[at - 1] as [T, number];
      at--;
    }
    kept[at] = [value, count];
  }

  /** Largest count first. */
  entries(): [T, number][] {
    return this.kept;
  }
}
