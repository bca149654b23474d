// One operation of an OpenAPI document: what it is, what it takes, a command to try it, and what it answers.
import type { Json, JsonObject } from '../../core/json.js';
import { dataTable } from '../../report/data-table.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import { schemaExample } from './schema-example.js';
import { schemaMarkup } from './schema-markup.js';

/** An operation with where it stands. */
export interface Operation {
  readonly path: string;
  /** In upper case. */
  readonly method: string;
  readonly content: JsonObject;
  /** Path that the table is mounted at; empty at the root. */
  readonly basePath: string;
  /** The document's schemas by name. */
  readonly schemas: JsonObject;
}

/** A folded block, open for whom follows its anchor or clicks. */
export function operationMarkup(operation: Operation): Markup {
  const { path, method, content } = operation;
  const { operationId, summary, security } = content;
  return html`<details class="op" id="${String(operationId)}"><summary><span class="me ${method.toLowerCase()}">${method}</span> <code>${path}</code> <span class="mu">${String(summary ?? '')}</span></summary><div>${
    security !== undefined && html`<p class="mu">Needs ${schemesOf(security)}.</p>`
  }${parametersMarkup(content)}${bodyMarkup(content)}<h3>Example</h3><pre tabindex="0"><code>${commandOf(operation)}</code></pre>${answersMarkup(content)}</div></details>`;
}

function schemesOf(security: Json): string {
  const names = Array.isArray(security) ? security.flatMap((each) => Object.keys(each as JsonObject)) : [];
  return names.join(' or ');
}

function parametersMarkup({ parameters }: JsonObject): Markup {
  if (!Array.isArray(parameters)) return html``;
  const rows = (parameters as JsonObject[]).map(({ name, in: place, schema }) => {
    const { type, description, default: value } = schema as JsonObject;
    const more = value === undefined ? '' : ` Default ${JSON.stringify(value)}.`;
    return [html`<code>${String(name)}</code>`, `${place}, ${type ?? 'any'}`, `${description ?? ''}${more}`];
  });
  const table = dataTable({ head: ['Parameter', 'In', 'Meaning'], rows, isText: true });
  return html`<h3>Parameters</h3><div class="x" tabindex="0">${table}</div>`;
}

function bodyMarkup({ requestBody }: JsonObject): Markup {
  if (requestBody === undefined) return html``;
  const { required, content } = requestBody as JsonObject;
  return html`<h3>Body${required !== true && ', if wanted'}</h3>${mediaMarkup(content as JsonObject)}`;
}

function answersMarkup({ responses }: JsonObject): Markup {
  const answers = Object.entries(responses as JsonObject).filter(([, answer]) => !('$ref' in (answer as JsonObject)));
  return html`${answers.map(([status, answer]) => {
    const { content } = answer as JsonObject;
    const title = status === 'default' ? 'Errors' : `Answer ${status}`;
    return html`<h3>${title}</h3>${content === undefined ? html`<p>No body.</p>` : mediaMarkup(content as JsonObject)}`;
  })}`;
}

function mediaMarkup(content: JsonObject): Markup {
  return html`${Object.entries(content).map(([mediaType, media]) => {
    const { schema } = media as JsonObject;
    return html`<p><code>${mediaType}</code></p>${schemaMarkup(schema as JsonObject)}`;
  })}`;
}

/** A call with curl. Base addresses differ, so that it begins where the page was read. */
function commandOf({ path, method, content, basePath, schemas }: Operation): string {
  const needsKey = content.security !== undefined ? [`-H 'x-api-key: …'`] : [];
  const how = method === 'GET' ? [] : [`-X ${method}`];
  return ['curl', ...how, `…${basePath}${path}`, ...needsKey, ...dataOf(content, schemas)].join(' ');
}

function dataOf({ requestBody }: JsonObject, schemas: JsonObject): string[] {
  if (requestBody === undefined) return [];
  const { content } = requestBody as JsonObject;
  const [mediaType = '', media] = Object.entries(content as JsonObject)[0] ?? [];
  const header = `-H 'content-type: ${mediaType}'`;
  if (!mediaType.endsWith('json')) return [header, '--data-binary @file'];
  const example = JSON.stringify(schemaExample((media as JsonObject).schema, schemas));
  return [header, `-d '${example.replaceAll("'", "'\\''")}'`];
}
