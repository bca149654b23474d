// What strings look like they should have been.

const NUMBER = /^\s*[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?\s*%?$/i;
const GROUPED = /^\s*[-+]?\d{1,3}(,\d{3})+(\.\d+)?\s*$/;
const DATE = /^\s*(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})([ T]\d{1,2}:\d{2}.*)?$/;
const BOOLEAN = /^(true|false)$/i;
const MAX_LENGTH = 64;

/** Rows by what their strings look like. */
export function lookAlikes(
  counts: Iterable<readonly [string, number]>,
): Record<'number' | 'date' | 'boolean' | 'text', number> {
  const found = { number: 0, date: 0, boolean: 0, text: 0 };
  for (const [text, count] of counts) found[kindOf(text)] += count;
  return found;
}

function kindOf(text: string): 'number' | 'date' | 'boolean' | 'text' {
  if (text.length > MAX_LENGTH) return 'text';
  if (NUMBER.test(text) || GROUPED.test(text)) return 'number';
  if (DATE.test(text)) return 'date';
  return BOOLEAN.test(text) ? 'boolean' : 'text';
}
