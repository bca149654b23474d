/**
 * Nodes and weights of Gauss-Legendre quadrature on [0, 1]: with `n` nodes, polynomials of degree below 2n are integrated exactly.
 * Nodes by Newton's method on the Legendre polynomial (Abramowitz and Stegun, 25.4.30).
 */
export function gaussLegendre(n: number): { nodes: Float64Array; weights: Float64Array } {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 20; step++) {
      const at = legendre(n, x);
      slope = at.slope;
      x -= at.value / slope;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Legendre's polynomial of degree n and its derivative, by the three-term recurrence. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let value = x;
  let before = 1;
  for (let k = 2; k <= n; k++) [value, before] = [((2 * k - 1) * x * value - (k - 1) * before) / k, value];
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}
