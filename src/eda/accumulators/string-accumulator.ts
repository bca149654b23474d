// A column of strings: each chunk's distinct strings are counted first, so that what is costly is done once for each of them.

import { createRandom } from '../../core/random.js';
import { allStrings } from '../chunk-strings.js';
import type { ChunkStrings, ColumnChunk } from '../column-chunk.js';
import { DoublingHistogram } from '../sketches/doubling-histogram.js';
import { FrequentStrings } from '../sketches/frequent-strings.js';
import { HyperLogLog } from '../sketches/hyper-log-log.js';
import { RowReservoir } from '../sketches/row-reservoir.js';
import { textHash } from '../sketches/text-hash.js';
import type { AccumulatorSettings } from './accumulator-settings.js';
import type { AccumulatedColumn, ColumnAccumulator } from './column-accumulator.js';
import type { LengthCounts } from './length-counts.js';
import { MissingBlocks } from './missing-blocks.js';
import type { RowHashes } from './row-hashes.js';
import { stringProfile } from './string-profile.js';
import { textLength } from './text-length.js';

const FIRST_SEED = 0x2545f491;
const SECOND_SEED = 0x1b873593;
/** Past so many characters of distinct strings held, the counters are fewer: strings may be of any length. */
const MAX_HELD_CHARACTERS = 2 ** 26;
const SPACE = /\s/;

/** Accumulates strings by their codes in dictionaries; -1 is missing. */
export class StringAccumulator implements ColumnAccumulator<ColumnChunk & { kind: 'string' }> {
  private readonly index: number;
  private readonly settings: AccumulatorSettings;
  private readonly missing = new MissingBlocks();
  private readonly frequent: FrequentStrings;
  private readonly lengths: LengthCounts;
  private readonly reservoir: RowReservoir;
  /** Strings of the sampled rows, with anything missing left out at the end. */
  private readonly sample: string[] = [];
  private distinct: HyperLogLog | undefined;
  private values: readonly string[] = [];
  private hashes = new Int32Array(0);
  private nRows = 0;
  private nPresent = 0;

  constructor(index: number, settings: AccumulatorSettings) {
    this.index = index;
    this.settings = settings;
    this.frequent = new FrequentStrings(settings.exactRows, MAX_HELD_CHARACTERS);
    this.lengths = {
      min: Number.POSITIVE_INFINITY,
      max: 0,
      sum: 0,
      nEmpty: 0,
      nPadded: 0,
      histogram: new DoublingHistogram(true),
    };
    this.reservoir = new RowReservoir(settings.sampleRows, createRandom(settings.seed).fork(`strings ${index}`));
  }

  add(
    { codes, values }: { readonly codes: Int32Array; readonly values: ChunkStrings | undefined },
    rows: RowHashes,
  ): void {
    if (values !== undefined) this.open(allStrings(values));
    const counts = this.countCodes(codes, rows);
    if (this.distinct === undefined && this.frequent.isShortOf(counts.length)) this.openSketch();
    for (let code = 0; code < counts.length; code++) {
      const count = counts[code] as number;
      if (count > 0) this.addString(this.values[code] as string, code, count);
    }
    this.nRows += codes.length;
  }

  finish(): AccumulatedColumn {
    const { missing, nRows, nPresent, frequent, lengths, settings } = this;
    const facts = { nRows, nPresent, frequent, lengths, settings, distinct: this.distinct, sample: this.sample };
    return {
      profile: stringProfile(facts),
      missingShares: missing.shares(nRows),
      rowsPerBlock: missing.rowsPerBlock,
      isExact: frequent.maxError === 0,
    };
  }

  /** Two hashes for each string of the dictionary. */
  private open(values: readonly string[]): void {
    this.values = values;
    this.hashes = new Int32Array(2 * values.length);
    for (const [code, value] of values.entries()) {
      this.hashes[2 * code] = textHash(value, FIRST_SEED);
      this.hashes[2 * code + 1] = textHash(value, SECOND_SEED);
    }
  }

  private countCodes(codes: Int32Array, rows: RowHashes): Float64Array {
    const counts = new Float64Array(this.values.length);
    const { hashes, missing, nRows } = this;
    missing.reach(nRows + codes.length);
    let nPresent = this.nPresent;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      if (code < 0) {
        missing.add(nRows + row);
        rows.add(row, this.index, 0, 0);
      } else {
        counts[code] = (counts[code] as number) + 1;
        rows.add(row, this.index, hashes[2 * code] as number, hashes[2 * code + 1] as number);
        nPresent += 1;
      }
    }
    this.takeSample(codes);
    this.nPresent = nPresent;
    return counts;
  }

  /** Of the rows with a value, as they come. */
  private takeSample(codes: Int32Array): void {
    const present = new Int32Array(codes.length);
    let n = 0;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      if (code >= 0) present[n++] = code;
    }
    this.reservoir.offer(this.nPresent, this.nPresent + n, (row, place) => {
      this.sample[place] = this.values[present[row - this.nPresent] as number] as string;
    });
  }

  private addString(value: string, code: number, count: number): void {
    this.frequent.add(value, count);
    this.distinct?.add(this.hashes[2 * code] as number, this.hashes[2 * code + 1] as number);
    const length = textLength(value);
    const { lengths } = this;
    lengths.min = Math.min(lengths.min, length);
    lengths.max = Math.max(lengths.max, length);
    lengths.sum += length * count;
    lengths.histogram.add(length, count);
    if (length === 0) lengths.nEmpty += count;
    else if (isPadded(value)) lengths.nPadded += count;
  }

  private openSketch(): void {
    this.distinct = new HyperLogLog();
    for (const value of this.frequent.counts.keys()) {
      this.distinct.add(textHash(value, FIRST_SEED), textHash(value, SECOND_SEED));
    }
  }
}

/** Letters and digits, which most texts begin and end with, are told without a regular expression. */
function isPadded(text: string): boolean {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  if (first > 0x20 && first < 0x7f && last > 0x20 && last < 0x7f) return false;
  return SPACE.test(text.charAt(0)) || SPACE.test(text.charAt(text.length - 1));
}
