// The part of YAML that Python's dumper writes into MLmodel files: nested mappings of plain, quoted and folded texts. JSON as well.
import { TabwrightError } from '../core/tabwright-error.js';

/** A text, a mapping, or a list, whose items are left out: nothing that is read from such a file stands in one. */
export type YamlValue = string | YamlMapping | readonly [];

export interface YamlMapping {
  readonly [key: string]: YamlValue;
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

const MAX_CHARACTERS = 4_000_000;
const MAX_DEPTH = 32;
const KEY = /^('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s'"#[{][^:#]*?):(?: +(.*))?$/;

/** Reads a mapping. @throws BUNDLE_INVALID where it is none, or of a form that is not read */
export function readYaml(source: string, file: string): YamlMapping {
  const invalid = (rule: string): TabwrightError => new TabwrightError('BUNDLE_INVALID', `${file} ${rule}`);
  if (source.length > MAX_CHARACTERS) throw invalid(`must have at most ${MAX_CHARACTERS} characters`);
  const lines = source.split(/\r?\n/).flatMap((line): Line[] => {
    const text = line.trim();
    const isNothing = text === '' || text.startsWith('#') || text === '---';
    return isNothing ? [] : [{ indent: line.search(/\S/), text }];
  });
  let at = 0;

  function mapping(indent: number, depth: number): YamlMapping {
    if (depth > MAX_DEPTH) throw invalid(`must be nested at most ${MAX_DEPTH} deep`);
    const found: Record<string, YamlValue> = Object.create(null);
    for (let line = lines[at]; line !== undefined && line.indent === indent; line = lines[at]) {
      const [, key, rest = ''] = KEY.exec(line.text) ?? [];
      if (key === undefined) throw invalid('is not of a form that can be read');
      at += 1;
      found[unquoted(key)] = rest === '' ? nested(indent, depth) : scalar(rest, indent);
    }
    return found;
  }

  /** What stands below a key: a mapping further in, a list, or nothing. */
  function nested(indent: number, depth: number): YamlValue {
    const next = lines[at];
    if (next === undefined || next.indent < indent) return '';
    if (next.text.startsWith('- ') || next.text === '-') return skipped(next.indent);
    return next.indent > indent ? mapping(next.indent, depth + 1) : '';
  }

  function skipped(indent: number): readonly [] {
    for (let line = lines[at]; line !== undefined; line = lines[at]) {
      if (line.indent < indent || (line.indent === indent && !line.text.startsWith('-'))) break;
      at += 1;
    }
    return [];
  }

  /** A text with the lines that go on with it, which stand further in. */
  function scalar(first: string, indent: number): string {
    const parts = [first];
    for (let line = lines[at]; line !== undefined && line.indent > indent; line = lines[at]) {
      parts.push(line.text);
      at += 1;
    }
    return unquoted(parts.join(' '));
  }

  const root = mapping(0, 0);
  if (at < lines.length) throw invalid('is not of a form that can be read');
  return root;
}

function unquoted(text: string): string {
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/.test(text)) return text;
  // A line that is broken inside quotes ends with a backslash, and the next may start with one.
  const joined = text.replaceAll(/\\ (\\ )?/g, (_, space: string | undefined) => (space === undefined ? '' : ' '));
  // JSON has no \xFC.
  const json = joined.replaceAll(/\\(?:x([0-9A-Fa-f]{2})|(.))/g, (all, hex: string | undefined) => {
    return hex === undefined ? all : `\\u00${hex}`;
  });
  try {
    return JSON.parse(json);
  } catch {
    return joined.slice(1, -1);
  }
}
