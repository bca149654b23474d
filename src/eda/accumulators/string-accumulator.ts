// A column of strings: each chunk's distinct strings are counted first, so that what is costly is done once for each of them.

import { createRandom } from '../../core/random.js';
import type { ChunkStrings, ColumnChunk } from '../column-chunk.js';
import { DoublingHistogram } from '../sketches/doubling-histogram.js';
import { FrequentStrings } from '../sketches/frequent-strings.js';
import { HyperLogLog } from '../sketches/hyper-log-log.js';
import { RowReservoir } from '../sketches/row-reservoir.js';
import type { AccumulatorSettings } from './accumulator-settings.js';
import type { AccumulatedColumn, ColumnAccumulator } from './column-accumulator.js';
import { distinctStrings } from './distinct-strings.js';
import type { LengthCounts } from './length-counts.js';
import { MissingBlocks } from './missing-blocks.js';
import type { RowHashes } from './row-hashes.js';
import { stringProfile } from './string-profile.js';

/** Past so many characters of distinct strings held, the counters are fewer: strings may be of any length. */
const MAX_HELD_CHARACTERS = 2 ** 26;
/** Past so many distinct strings they are sketched as well, so that there is a sketch when they cannot be counted. */
const MIN_SKETCHED = 4096;
const NO_STRINGS = distinctStrings([]);

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
  private strings = NO_STRINGS;
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
    if (values !== undefined) this.strings = distinctStrings(values);
    const { strings } = this;
    const counts = this.countCodes(codes, rows);
    if (this.distinct === undefined && this.mayNeedSketch()) this.openSketch();
    this.frequent.addAll(strings, counts);
    for (let code = 0; code < counts.length; code++) {
      const count = counts[code] as number;
      if (count > 0) this.addString(code, count);
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

  private countCodes(codes: Int32Array, rows: RowHashes): Float64Array {
    const { missing, nRows, index } = this;
    const { hashes, size } = this.strings;
    const counts = new Float64Array(size);
    const present = new Int32Array(codes.length);
    let n = 0;
    missing.reach(nRows + codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] as number;
      if (code < 0) {
        missing.add(nRows + row);
        rows.add(row, index, 0, 0);
      } else {
        counts[code] = (counts[code] as number) + 1;
        rows.add(row, index, hashes[2 * code] as number, hashes[2 * code + 1] as number);
        present[n++] = code;
      }
    }
    this.takeSample(present.subarray(0, n));
    this.nPresent += n;
    return counts;
  }

  /** Of the rows with a value, as they come. */
  private takeSample(present: Int32Array): void {
    const { nPresent, strings, sample } = this;
    const texts = new Array<string | undefined>(strings.size);
    this.reservoir.offer(nPresent, nPresent + present.length, (row, place) => {
      const code = present[row - nPresent] as number;
      texts[code] ??= strings.text(code);
      sample[place] = texts[code] as string;
    });
  }

  private addString(code: number, count: number): void {
    const { lengths, strings } = this;
    this.distinct?.add(strings.hashes[2 * code] as number, strings.hashes[2 * code + 1] as number);
    const length = strings.lengths[code] as number;
    lengths.min = Math.min(lengths.min, length);
    lengths.max = Math.max(lengths.max, length);
    lengths.sum += length * count;
    lengths.histogram.add(length, count);
    if (length === 0) lengths.nEmpty += count;
    else if (strings.isPadded(code)) lengths.nPadded += count;
  }

  private mayNeedSketch(): boolean {
    const { frequent, strings } = this;
    return frequent.counts.size + strings.size > MIN_SKETCHED || frequent.isShortOf(strings.size);
  }

  private openSketch(): void {
    this.distinct = new HyperLogLog();
    const { hashes, size } = distinctStrings([...this.frequent.counts.keys()]);
    for (let i = 0; i < size; i++) this.distinct.add(hashes[2 * i] as number, hashes[2 * i + 1] as number);
  }
}
