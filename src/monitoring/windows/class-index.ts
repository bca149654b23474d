import type { Label } from '../../core/cell.js';

/** Positions of classes; labels that were text on the way are found by their text. */
export class ClassIndex {
  readonly #positions: ReadonlyMap<Label, number>;

  constructor(classes: readonly Label[]) {
    const byText = classes.map((label, i): [Label, number] => [String(label), i]);
    const own = classes.map((label, i): [Label, number] => [label, i]);
    this.#positions = new Map([...byText, ...own]);
  }

  /** The position of a class; undefined where there is no such class. */
  of(label: unknown): number | undefined {
    return this.#positions.get(label as Label) ?? this.#positions.get(String(label));
  }
}
