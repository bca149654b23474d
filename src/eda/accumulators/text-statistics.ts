// Lengths, characters, Unicode categories, scripts and words of a column of strings.
import type { NamedCount, TextStatistics } from '../column-profile-types.js';
import { shareOf } from '../share-of.js';
import { LargestCounts } from '../statistics/largest-counts.js';
import { CharacterCounts } from './character-counts.js';
import type { StringFacts } from './string-facts.js';

const MAX_EXAMPLES = 5;
const MAX_EXAMPLE_LENGTH = 200;
/** Of one string so many code units are looked at. */
const MAX_LOOKED_AT = 10_000;
const MAX_WORDS = 65_536;
const MAX_WORD_LENGTH = 40;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{N}\p{M}]+)*/gu;

/** Statistics of the strings; characters and words of all rows where the counters held all strings, else of the sample. */
export function textStatistics(facts: StringFacts): TextStatistics {
  const { nPresent, lengths, frequent, sample, settings } = facts;
  const isSampled = frequent.maxError > 0;
  const texts: Iterable<readonly [string, number]> = isSampled
    ? sample.map((text): [string, number] => [text, 1])
    : frequent.counts;
  const characters = new CharacterCounts();
  const words = new Map<string, number>();
  if (!settings.isMinimal) {
    for (const [text, count] of texts) {
      const part = text.length > MAX_LOOKED_AT ? text.slice(0, MAX_LOOKED_AT) : text;
      characters.add(part, count);
      addWords(words, part, count);
    }
  }
  return {
    minLength: lengths.min,
    maxLength: lengths.max,
    meanLength: lengths.sum / nPresent,
    medianLength: medianLength(facts),
    empty: shareOf(lengths.nEmpty, nPresent),
    padded: shareOf(lengths.nPadded, nPresent),
    nRows: isSampled ? sample.length : nPresent,
    isSampled,
    ...characters.statistics(settings.topValues),
    words: named(words, settings.topValues),
    examples: examplesOf(facts),
  };
}

function addWords(words: Map<string, number>, text: string, count: number): void {
  for (const word of text.toLowerCase().match(WORD) ?? []) {
    const short = word.length > MAX_WORD_LENGTH ? word.slice(0, MAX_WORD_LENGTH) : word;
    const before = words.get(short);
    if (before !== undefined || words.size < MAX_WORDS) words.set(short, (before ?? 0) + count);
  }
}

function named(counts: ReadonlyMap<string, number>, limit: number): NamedCount[] {
  const top = new LargestCounts<string>(limit);
  for (const [name, count] of counts) top.add(name, count);
  return top.entries().map(([name, count]) => ({ name, count }));
}

/** Exact for lengths below 2,048 characters of difference, else to the bin of the sketch. */
function medianLength({ nPresent, lengths }: StringFacts): number {
  const { counts, start, width } = lengths.histogram;
  let before = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    before += counts[bin] as number;
    if (2 * before >= nPresent) return Math.min(lengths.max, Math.max(lengths.min, (start + bin) * width));
  }
  return lengths.max;
}

function examplesOf({ frequent, sample }: StringFacts): string[] {
  const from = frequent.maxError > 0 ? sample : [...frequent.counts.keys()];
  const step = Math.max(1, Math.floor(from.length / MAX_EXAMPLES));
  const shown = from.filter((_, i) => i % step === 0).slice(0, MAX_EXAMPLES);
  return shown.map((text) => (text.length > MAX_EXAMPLE_LENGTH ? `${text.slice(0, MAX_EXAMPLE_LENGTH)}…` : text));
}
