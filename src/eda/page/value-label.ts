const LONGEST = 60;

/** A cell as a label: a word for what has no letters of its own, quotes where white space would be lost, cut where long. */
export function valueLabel(value: string | number | boolean | null, longest: number = LONGEST): string {
  if (value === null) return 'not shown';
  if (typeof value !== 'string') return String(value).replace('-', '−');
  if (value === '') return '(empty text)';
  const shown = /^\s|\s$/.test(value) ? `“${value}”` : value;
  // By code points: a cut inside a pair of surrogates would leave half a character.
  const characters = shown.length > longest ? Array.from(shown.slice(0, 2 * longest)) : [];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : shown;
}
