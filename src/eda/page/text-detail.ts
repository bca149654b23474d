import { dataTable } from '../../report/data-table.js';
import { formatCount, formatNumber } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import { valueBars } from '../../report/value-bars.js';
import type { NamedCount, TextStatistics } from '../column-profile-types.js';
import { shareLabel } from './share-label.js';
import { valueLabel } from './value-label.js';

const CATEGORY_NAMES: Readonly<Record<string, string>> = {
  Lu: 'upper-case letters',
  Ll: 'lower-case letters',
  Lt: 'title-case letters',
  Lm: 'modifier letters',
  Lo: 'other letters',
  Nd: 'digits',
  Nl: 'letter numbers',
  No: 'other numbers',
  Zs: 'spaces',
  Pd: 'dashes',
  Ps: 'opening brackets',
  Pe: 'closing brackets',
  Pc: 'connectors',
  Po: 'other punctuation',
  Sm: 'mathematical signs',
  Sc: 'currency signs',
  So: 'other symbols',
  Sk: 'modifier symbols',
  Cc: 'control characters',
  Cf: 'format characters',
  Mn: 'marks',
};

/** Lengths, words, characters and examples of strings. */
export function textDetail(text: TextStatistics): Markup {
  const lengths: [string, string][] = [
    ['Shortest', formatCount(text.minLength)],
    ['Mean length', formatNumber(text.meanLength)],
    ['Median length', formatNumber(text.medianLength)],
    ['Longest', formatCount(text.maxLength)],
    ['Empty', shareLabel(text.empty)],
    ['White space first or last', shareLabel(text.padded)],
    ['Distinct characters', formatCount(text.nDistinctCharacters)],
    ['Control or direction characters', text.nControls === 0 ? 'none' : formatCount(text.nControls)],
  ];
  const note =
    text.isSampled &&
    text.words.length > 0 &&
    html`<p class="mu">Words and characters are those of ${formatCount(text.nRows)} rows.</p>`;
  return html`<details><summary>Text</summary>${dataTable({ head: ['Statistic', 'Value'], rows: lengths })}${examples(text.examples)}${bars('Words', text.words, String)}${bars('Characters', text.characters, characterName)}${bars('Kinds of characters', text.categories, (name) => CATEGORY_NAMES[name] ?? name)}${bars('Scripts', text.scripts, String)}${note}</details>`;
}

function examples(values: readonly string[]): Markup {
  if (values.length === 0) return html``;
  return html`<p class="mu">Examples</p><ul class="ex">${values.map((value) => html`<li><bdi>${valueLabel(value, 120)}</bdi>`)}</ul>`;
}

function bars(caption: string, counts: readonly NamedCount[], label: (name: string) => string): Markup {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return valueBars(
    caption,
    counts.map(({ name, count }) => ({ label: label(name), count, share: total === 0 ? 0 : count / total })),
  );
}

/** A character that shows, or its code point. */
function characterName(character: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
  return character === ' '
    ? 'space'
    : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
