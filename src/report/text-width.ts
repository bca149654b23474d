// Widths of text where nothing can measure it: estimates on the wide side, so that labels keep clear of what is beside them.

const NARROW = new Set("iljtfrI.,:;'|!()[] ");
const WIDE = new Set('mwMWGOQ@%&#^—→…<=>+−~');

/** About how wide a text is in the page's font, in px. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += characterWidth(character);
  return ems * fontSize;
}

/** The text, or as much of it as fits before an ellipsis. */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = '';
  let used = textWidth('…', fontSize);
  for (const character of text) {
    used += characterWidth(character) * fontSize;
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** In em. */
function characterWidth(character: string): number {
  if (NARROW.has(character)) return 0.42;
  if (WIDE.has(character)) return 1;
  if (character >= 'A' && character <= 'Z') return 0.78;
  return (character.codePointAt(0) as number) < 0x0370 ? 0.65 : 1.08;
}
