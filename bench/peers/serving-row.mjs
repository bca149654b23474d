/** Names of the 28 numeric features. */
export const FEATURES = Array.from({ length: 28 }, (_, i) => `f${i}`);

/** A row with seven digits a value. */
export function row(seed) {
  return Object.fromEntries(FEATURES.map((name, i) => [name, Number(Math.sin(seed * 29 + i + 1).toFixed(7))]));
}
