/** One broken rule over one or many rows. Holds the kind of a value, never the value. */
export interface Problem {
  /** Column name; empty where the rule is about the whole table or body. */
  readonly column: string;
  /** The rule in words: "is required", "must be one of 3 values", "must be >= 16". */
  readonly rule: string;
  /** Kind of the first value that broke it: "string", "null", "number". */
  readonly kind: string;
  /** How many rows broke it. */
  readonly count: number;
  /** Zero-based positions of the first rows that broke it, at most five. */
  readonly rows: readonly number[];
}
