// An order in which columns that are associated stand side by side: agglomerative clustering by average linkage, leaves in the order
// of joining.

interface Cluster {
  readonly members: readonly number[];
}

/** Positions in order. @param strength symmetric, in [0, 1] */
export function clusterOrder(strength: readonly (readonly number[])[]): number[] {
  const clusters: (Cluster | undefined)[] = strength.map((_, i) => ({ members: [i] }));
  const between = strength.map((row) => Float64Array.from(row));
  for (let joined = 1; joined < strength.length; joined++) {
    const [a, b] = closest(clusters, between);
    const left = clusters[a] as Cluster;
    const right = clusters[b] as Cluster;
    const nLeft = left.members.length;
    const nRight = right.members.length;
    for (const [other, cluster] of clusters.entries()) {
      if (cluster === undefined) continue;
      const mean = (nLeft * at(between, a, other) + nRight * at(between, b, other)) / (nLeft + nRight);
      (between[a] as Float64Array)[other] = mean;
      (between[other] as Float64Array)[a] = mean;
    }
    clusters[a] = { members: [...left.members, ...right.members] };
    clusters[b] = undefined;
  }
  return [...(clusters.find((cluster) => cluster !== undefined)?.members ?? [])];
}

function closest(clusters: readonly (Cluster | undefined)[], between: readonly Float64Array[]): [number, number] {
  let found: [number, number] = [0, 0];
  let most = -1;
  for (let a = 0; a < clusters.length; a++) {
    if (clusters[a] === undefined) continue;
    for (let b = a + 1; b < clusters.length; b++) {
      if (clusters[b] !== undefined && at(between, a, b) > most) {
        most = at(between, a, b);
        found = [a, b];
      }
    }
  }
  return found;
}

function at(between: readonly Float64Array[], a: number, b: number): number {
  return (between[a] as Float64Array)[b] as number;
}
