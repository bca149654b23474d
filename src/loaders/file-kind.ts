/** What a file holds, by its name: CSV where the name says nothing else. */
export function fileKind(path: string | URL): 'csv' | 'parquet' | 'json' | 'ndjson' {
  const extension = /\.(parquet|json|ndjson|jsonl)(\.gz|\.zst)?$/i.exec(String(path))?.[1]?.toLowerCase();
  if (extension === 'jsonl') return 'ndjson';
  return (extension as 'parquet' | 'json' | 'ndjson' | undefined) ?? 'csv';
}
