// A JSON Schema as a table of its members, those of members below them, with links to what it refers to.
import type { Json, JsonObject } from '../../core/json.js';
import { dataTable } from '../../report/data-table.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';

const DEEPEST = 4;
/** So many values of an enumeration are shown. */
const VALUES = 8;

/** The table of an object's members; a line for anything else. */
export function schemaMarkup(schema: JsonObject): Markup {
  const { anyOf, oneOf } = schema;
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) {
    return html`<p>One of:</p><ul>${choices.map((each) => html`<li>${schemaMarkup(each as JsonObject)}`)}</ul>`;
  }
  const rows = memberRows(schema, '', 0);
  const text = textOf(schema);
  if (rows.length === 0) return html`<p>${typeMarkup(schema)}${text !== '' && html`: ${text}`}</p>`;
  const table = dataTable({ head: ['Member', 'Type', 'Meaning'], rows, isText: true });
  return html`<div class="x" tabindex="0">${table}</div>`;
}

/** The anchor of a schema by name. */
export function schemaAnchor(name: string): string {
  return `schema-${name.replace(/[^\w-]/g, '-')}`;
}

function memberRows(schema: JsonObject, prefix: string, depth: number): Markup[][] {
  const { items, properties, required } = schema;
  if (depth > DEEPEST) return [];
  if (isObject(items)) return memberRows(items, `${prefix}[]`, depth + 1);
  if (!isObject(properties)) return [];
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties).flatMap(([name, member]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const each = isObject(member) ? member : {};
    const need = needed.includes(name) ? html` <span class="rq">required</span>` : html``;
    return [
      [html`<code>${path}</code>${need}`, typeMarkup(each), html`${textOf(each)}`],
      ...memberRows(each, path, depth + 1),
    ];
  });
}

function typeMarkup(schema: JsonObject): Markup {
  const { $ref, anyOf, oneOf, items, type, enum: values } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return html`<a href="#${schemaAnchor(name)}">${name}</a>`;
  }
  if ('const' in schema) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (Array.isArray(values)) return enumeration(values);
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) return joined(choices.map((each) => typeMarkup(each as JsonObject)));
  if (isObject(items)) return html`list of ${typeMarkup(items)}`;
  return html`${Array.isArray(type) ? type.map(String).join(' or ') : String(type ?? 'any')}`;
}

function enumeration(values: readonly Json[]): Markup {
  const shown = values.slice(0, VALUES).map((value) => html`<code>${JSON.stringify(value)}</code>`);
  return html`${joined(shown)}${values.length > VALUES && ` or ${values.length - VALUES} more`}`;
}

function joined(each: readonly Markup[]): Markup {
  return html`${each.map((one, i) => html`${i > 0 && ' or '}${one}`)}`;
}

/** Description and rules in words. */
function textOf(schema: JsonObject): string {
  const { description, format, pattern } = schema;
  const rules = Object.entries(RULES).flatMap(([name, words]) => (name in schema ? [`${words} ${schema[name]}`] : []));
  if (typeof format === 'string') rules.unshift(format);
  if (typeof pattern === 'string') rules.push(`matches ${pattern}`);
  return [rules.join(', '), typeof description === 'string' ? description : '']
    .filter((text) => text !== '')
    .join('. ');
}

const RULES = {
  minimum: 'at least',
  exclusiveMinimum: 'more than',
  maximum: 'at most',
  exclusiveMaximum: 'less than',
  multipleOf: 'a multiple of',
  minLength: 'characters at least',
  maxLength: 'characters at most',
  minItems: 'items at least',
  maxItems: 'items at most',
  default: 'default',
} as const;

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
