// What a benchmark is given: it measures alternatives, and notes figures and versions in one form for every benchmark.
import { interleave } from './interleave.mjs';

/**
 * @param {string} bench the benchmark's name
 * @param {{ rounds?: number, onFigure?: (figure: object) => void, log?: (line: string) => void }} options
 */
export function benchContext(bench, { rounds, onFigure = () => {}, log = () => {} }) {
  const figures = [];
  const versions = {};

  /** Notes one figure; without a peer it stands alone. */
  function figure({ workload, metric, ours, peer = null, peerName = null, n }) {
    const ratio = peer === null ? null : rounded(ours / peer);
    const noted = { bench, workload, metric, ours: rounded(ours), peer: rounded(peer), peerName, ratio, n };
    figures.push(noted);
    onFigure(noted);
  }

  /**
   * Measures alternatives in turns and notes the first one's medians against each of the others', metric by metric; where
   * there is no other, by themselves.
   * @returns the interleaved results, by alternative
   */
  async function compare(workload, alternatives, options = {}) {
    const turns = { ...options, ...(rounds === undefined ? {} : { rounds }) };
    const results = await interleave(alternatives, turns);
    const [ours, ...peers] = Object.values(results);
    const peerNames = Object.keys(results).slice(1);
    const n = ours.samples.length;
    for (const [metric, value] of Object.entries(ours.medians)) {
      if (peers.length === 0) figure({ workload, metric, ours: value, n });
      for (const [index, { medians }] of peers.entries()) {
        if (metric in medians) {
          figure({ workload, metric, ours: value, peer: medians[metric], peerName: peerNames[index], n });
        }
      }
    }
    return results;
  }

  /** Notes the version of a peer. */
  function version(name, value) {
    versions[name] = value;
  }

  return { figures, versions, figure, compare, version, log };
}

/** Four significant digits: more would be noise. */
function rounded(value) {
  return value === null ? null : Number(value.toPrecision(4));
}
