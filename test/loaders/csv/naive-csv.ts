// CSV character by character, as plainly as RFC 4180 reads: the twin that the byte parser is tested against.

/** The rows of a text, cells as strings; undefined where a quote is not closed or text follows a closing one. */
export function naiveCsv(text: string, delimiter = ',', quote = '"'): string[][] | undefined {
  const rows: string[][] = [];
  let rest = text;
  while (rest !== '') {
    if (/^[\r\n]/.test(rest)) {
      rest = rest.slice(1);
      continue;
    }
    const row: string[] = [];
    rows.push(row);
    for (;;) {
      const cell = rest.startsWith(quote) ? quotedCell(rest, quote) : bareCell(rest, delimiter);
      if (cell === undefined) return undefined;
      row.push(cell.text);
      rest = cell.rest;
      if (rest.startsWith(delimiter)) rest = rest.slice(1);
      else if (rest === '' || /^[\r\n]/.test(rest)) break;
      else return undefined;
    }
    rest = rest.replace(/^(?:\r\n|\r|\n)/, '');
  }
  return rows;
}

interface Cell {
  readonly text: string;
  /** What comes after the cell. */
  readonly rest: string;
}

function bareCell(from: string, delimiter: string): Cell {
  let length = 0;
  while (length < from.length && ![delimiter, '\r', '\n'].includes(from.charAt(length))) length += 1;
  return { text: from.slice(0, length), rest: from.slice(length) };
}

function quotedCell(from: string, quote: string): Cell | undefined {
  let text = '';
  let rest = from.slice(1);
  for (;;) {
    const close = rest.indexOf(quote);
    if (close < 0) return undefined;
    text += rest.slice(0, close);
    rest = rest.slice(close + 1);
    if (!rest.startsWith(quote)) return { text, rest };
    text += quote;
    rest = rest.slice(1);
  }
}
