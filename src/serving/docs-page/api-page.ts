// The page of API documents, drawn from the OpenAPI document: one file, no request, one script that its policy allows by hash.
import type { JsonObject } from '../../core/json.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { PageSection } from '../../report/page.js';
import { page } from '../../report/page.js';
import { API_CSS } from './api-css.js';
import type { Operation } from './operation-markup.js';
import { operationMarkup } from './operation-markup.js';
import { schemaAnchor, schemaMarkup } from './schema-markup.js';

/** Sections in the order of the page; an operation stands in the first whose paths it is of. */
const SECTIONS: readonly (readonly [id: string, title: string, paths: RegExp])[] = [
  ['predict', 'Predict', /^\/(predict|explain|feedback)\b/],
  ['mlflow', 'MLflow', /^\/(invocations|ping|version|webhooks)\b/],
  ['open-inference', 'Open Inference', /^\/v2\b/],
  ['monitoring', 'Monitoring', /^\/monitoring\b/],
  ['profiles', 'Profiles', /^\/eda\b/],
  ['operators', 'Operators', /^\/admin\b/],
  ['operations', 'Operations', /^/],
];

/** Opens what the address names, so that links to an operation show it. */
const SCRIPT = `{const o=()=>{const e=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(e&&e.tagName==='DETAILS'){e.open=true;e.scrollIntoView()}};addEventListener('hashchange',o);o()}`;

/** The page of an OpenAPI document that {@link openapiDocument} made. */
export function apiPage(document: JsonObject, basePath: string): string {
  const { info, paths, components } = document as Readonly<Record<string, JsonObject>>;
  const { title, version } = info as JsonObject;
  const schemas = (components as JsonObject).schemas as JsonObject;
  const operations = Object.entries(paths as JsonObject).flatMap(([path, methods]) =>
    Object.entries(methods as JsonObject).map(([method, content]): Operation => {
      return { path, method: method.toUpperCase(), content: content as JsonObject, basePath, schemas };
    }),
  );
  return page({
    title: String(title),
    subtitle: `${operations.length} operations under ${basePath === '' ? '/' : basePath}. tabwright ${version}.`,
    sections: [...operationSections(operations), schemasSection(schemas)],
    styles: API_CSS,
    script: SCRIPT,
  });
}

function operationSections(operations: readonly Operation[]): PageSection[] {
  const sectionOf = ({ path }: Operation) => SECTIONS.find(([, , paths]) => paths.test(path))?.[0];
  return SECTIONS.flatMap(([id, title]) => {
    const own = operations.filter((operation) => sectionOf(operation) === id);
    return own.length === 0 ? [] : [{ id, title, body: html`${own.map(operationMarkup)}`.text }];
  });
}

function schemasSection(schemas: JsonObject): PageSection {
  const each = Object.entries(schemas).map(
    ([name, schema]): Markup =>
      html`<details class="op" id="${schemaAnchor(name)}"><summary><code>${name}</code></summary><div>${schemaMarkup(schema as JsonObject)}</div></details>`,
  );
  return { id: 'schemas', title: 'Schemas', body: html`${each}`.text };
}
