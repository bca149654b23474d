// What one test of CatBoost's trees asks for, whatever the file says it by.

/** One test; a row that passes goes to the branch that CatBoost calls right. */
export type CatboostSplit =
  | { readonly kind: 'border'; readonly feature: number; readonly border: number; readonly missingPasses: boolean }
  | {
      readonly kind: 'levels';
      readonly feature: number;
      readonly passing: readonly number[];
      readonly unseenPasses: boolean;
      readonly nLevels: number;
    };

/** A categorical feature: its position among all features, and its categories by their hash. */
export interface CatboostCategories {
  readonly feature: number;
  readonly levels: readonly string[];
  /** Hash of each level as a signed 32-bit number. */
  readonly hashes: readonly number[];
}
