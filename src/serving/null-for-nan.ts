/** JSON with `null` for each bare `NaN`; what stands in a string is left alone. Linear in the length of any text. */
export function nullForNaN(text: string): string {
  let nan = text.indexOf('NaN');
  let quote = text.indexOf('"');
  let replaced = '';
  let from = 0;
  while (nan !== -1) {
    if (quote === -1 || nan < quote) {
      replaced += `${text.slice(from, nan)}null`;
      from = nan + 'NaN'.length;
      nan = text.indexOf('NaN', from);
      continue;
    }
    const end = endOfString(text, quote);
    if (nan < end) nan = text.indexOf('NaN', end);
    quote = text.indexOf('"', end);
  }
  return replaced + text.slice(from);
}

/** The position after the string that begins at a quote; the end of the text where it is never closed. */
function endOfString(text: string, start: number): number {
  let quote = start;
  for (;;) {
    quote = text.indexOf('"', quote + 1);
    if (quote === -1) return text.length;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}
