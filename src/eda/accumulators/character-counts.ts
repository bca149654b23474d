// Characters of a text by Unicode general category and script, as the JavaScript engine's own Unicode tables have them.
import type { NamedCount, TextStatistics } from '../column-profile-types.js';
import { LargestCounts } from '../statistics/largest-counts.js';

const CATEGORIES = 'Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co Cn'.split(
  ' ',
);
const SCRIPTS =
  'Latin Common Inherited Cyrillic Greek Han Hiragana Katakana Hangul Arabic Hebrew Devanagari Thai Bengali Tamil Telugu Gujarati Gurmukhi Kannada Malayalam Sinhala Lao Tibetan Myanmar Georgian Armenian Ethiopic Khmer Mongolian'.split(
    ' ',
  );
const CATEGORY_TESTS = CATEGORIES.map((name): [string, RegExp] => [name, new RegExp(`^\\p{${name}}$`, 'u')]);
const SCRIPT_TESTS = SCRIPTS.map((name): [string, RegExp] => [name, new RegExp(`^\\p{Script=${name}}$`, 'u')]);
const CONTROL = /^[\p{Cc}\p{Bidi_Control}]$/u;
const ASCII = 128;

/** Counts characters (code points). */
export class CharacterCounts {
  private readonly ascii = new Float64Array(ASCII);
  private readonly others = new Map<string, number>();

  /** Adds a text's characters so many times. */
  add(text: string, times: number): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < ASCII) this.ascii[code] = (this.ascii[code] as number) + times;
      else {
        const character = String.fromCodePoint(text.codePointAt(i) as number);
        i += character.length - 1;
        this.others.set(character, (this.others.get(character) ?? 0) + times);
      }
    }
  }

  /** The most frequent characters, and all by category and script. */
  statistics(
    limit: number,
  ): Pick<
    TextStatistics,
    'nCharacters' | 'nDistinctCharacters' | 'characters' | 'categories' | 'scripts' | 'nControls'
  > {
    const top = new LargestCounts<string>(limit);
    const categories = new Map<string, number>();
    const scripts = new Map<string, number>();
    let nCharacters = 0;
    let nDistinctCharacters = 0;
    let nControls = 0;
    for (const [character, count] of this.entries()) {
      nCharacters += count;
      nDistinctCharacters += 1;
      top.add(character, count);
      increase(categories, nameOf(character, CATEGORY_TESTS, 'Cn'), count);
      increase(scripts, nameOf(character, SCRIPT_TESTS, 'Other'), count);
      if (CONTROL.test(character)) nControls += count;
    }
    const characters = top.entries().map(([name, count]) => ({ name, count }));
    return {
      nCharacters,
      nDistinctCharacters,
      characters,
      categories: sorted(categories),
      scripts: sorted(scripts),
      nControls,
    };
  }

  private *entries(): Generator<[string, number]> {
    for (const [code, count] of this.ascii.entries()) if (count > 0) yield [String.fromCharCode(code), count];
    yield* this.others;
  }
}

function nameOf(character: string, tests: readonly [string, RegExp][], otherwise: string): string {
  return tests.find(([, test]) => test.test(character))?.[0] ?? otherwise;
}

function increase(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function sorted(counts: ReadonlyMap<string, number>): NamedCount[] {
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}
