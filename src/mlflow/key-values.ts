/** An object as MLflow's list of `{ key, value }`. */
export function keyValues(values: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}
