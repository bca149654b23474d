/** Imports a module of the benchmark harness, which is plain JavaScript, under the types that a test states. */
export async function loadHarness<T>(file: string): Promise<T> {
  return (await import(new URL(`../../bench/harness/${file}`, import.meta.url).href)) as T;
}
