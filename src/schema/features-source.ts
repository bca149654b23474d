// A feature spec as TypeScript source: what `tabwright schema data.csv` writes for a user to edit and keep.
import type { FeatureSpec, Field } from '../core/feature-spec.js';

/** A module that exports the same features by `defineFeatures`. @param exportName a JavaScript identifier */
export function featuresSource(spec: FeatureSpec, exportName = 'features'): string {
  const fields = spec.fields.map((field) => `    ${key(field.name)}: ${zodType(field)},`);
  const ignored = (spec.ignored ?? []).map(
    ({ name, reason }) => `// left out: ${quoted(name)} (${quoted(reason).slice(1, -1)})`,
  );
  const target = spec.target;
  const lines = [
    "import { defineFeatures } from 'tabwright';",
    "import { z } from 'zod';",
    '',
    ...ignored,
    `export const ${exportName} = defineFeatures({`,
    '  row: z.object({',
    ...fields,
    '  }),',
    ...(target === undefined ? [] : [`  target: ${literal(target, ['column', 'task', 'positive'])},`]),
    '});',
    '',
  ];
  return lines.join('\n');
}

function zodType(field: Field): string {
  return `${baseType(field)}${bounds(field)}${field.nullable ? '.nullable()' : ''}`;
}

function baseType(field: Field): string {
  switch (field.type) {
    case 'integer':
      return 'z.int()';
    case 'datetime':
      return 'z.iso.datetime()';
    case 'string':
      return field.levels === undefined ? 'z.string()' : `z.enum(${JSON.stringify(field.levels)})`;
    default:
      return `z.${field.type}()`;
  }
}

function bounds(field: Field): string {
  const call = (method: string, value: number | undefined) => (value === undefined ? '' : `.${method}(${value})`);
  return [
    call('min', field.min ?? field.minLength),
    call('max', field.max ?? field.maxLength),
    call('gt', field.exclusiveMin),
    call('lt', field.exclusiveMax),
    call('multipleOf', field.multipleOf),
    field.pattern === undefined ? '' : `.regex(new RegExp(${JSON.stringify(field.pattern)}, 'u'))`,
  ].join('');
}

function literal(value: object, keys: readonly string[]): string {
  const entries = Object.entries(value).filter(([name]) => keys.includes(name));
  return `{ ${entries.map(([name, item]) => `${name}: ${JSON.stringify(item)}`).join(', ')} }`;
}

function key(name: string): string {
  return /^[A-Za-z$][\w$]*$/.test(name) ? name : `[${quoted(name)}]`;
}

/** A string literal on one line: JSON leaves the two line separators of Unicode as they are, which would end a comment. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
