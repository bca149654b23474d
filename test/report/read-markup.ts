// A strict reader of the XML that charts are: every tag closed, every attribute quoted, every "&" an entity.

/** An element with its attributes, children and direct text. */
export interface MarkupElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly MarkupElement[];
  readonly text: string;
}

const TOKEN = /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ENTITY = /&(?:amp|lt|gt|quot|#39);/g;
const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** @throws Error where the markup is not well formed */
export function readMarkup(markup: string): MarkupElement {
  const root = { name: '', attributes: {}, children: [] as MarkupElement[], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < markup.length) {
    const at = TOKEN.lastIndex;
    const [, closing, name, attributes, empty, text] =
      TOKEN.exec(markup) ?? fail(`at ${at}: ${markup.slice(at, at + 60)}`);
    const parent = open[open.length - 1] ?? fail('text after the root');
    if (text !== undefined) parent.text += decoded(text);
    else if (closing === '/') open.pop()?.name === name || fail(`</${name}>`);
    else {
      const element = {
        name: name as string,
        attributes: readAttributes(attributes as string),
        children: [],
        text: '',
      };
      parent.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  return (open.length === 1 && root.children.length === 1 && root.children[0]) || fail('not one closed root');
}

/** All elements of a name below one, in document order. */
export function elements(of: MarkupElement, name: string): MarkupElement[] {
  return of.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)]);
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, decoded(value as string)]),
  );
}

function decoded(text: string): string {
  if (text.replace(ENTITY, '').includes('&')) fail('a bare "&"');
  return text.replace(ENTITY, (entity) => CHARACTERS[entity] as string);
}

function fail(what: string): never {
  throw new Error(`markup is not well formed: ${what}`);
}
