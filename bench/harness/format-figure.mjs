// Figures as people read them: seconds, bytes and requests with a unit, scores as they are.

const SECONDS = new Set(['time', 'p50', 'p99', 'standstill', 'abort']);

/** A value of a metric with its unit: `time`, `p50`, `p99` in seconds, `rss` in bytes, `rps` in requests a second. */
export function formatValue(metric, value) {
  if (value === null) return '';
  if (SECONDS.has(metric)) return formatSeconds(value);
  if (metric === 'rss' || metric === 'size') return `${digits(value / 1e6)} MB`;
  if (metric === 'rps') return `${Math.round(value).toLocaleString('en-US')} /s`;
  return String(value);
}

/** A list of figures as rows of text: workload, metric, ours, peer, ratio, n. */
export function figureRows(figures) {
  return figures.map(({ workload, metric, ours, peer, peerName, ratio, n }) => [
    workload,
    metric,
    formatValue(metric, ours),
    peerName === null ? '' : `${peerName} ${formatValue(metric, peer)}`,
    ratio === null ? '' : String(digits(ratio)),
    String(n),
  ]);
}

export const FIGURE_HEADER = ['workload', 'metric', 'ours', 'peer', 'ours / peer', 'n'];

function formatSeconds(seconds) {
  if (seconds >= 1) return `${digits(seconds)} s`;
  if (seconds >= 1e-3) return `${digits(seconds * 1e3)} ms`;
  return `${digits(seconds * 1e6)} µs`;
}

function digits(value) {
  return Number(value.toPrecision(3));
}
