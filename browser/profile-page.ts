// The script of the profile's page: search, filter and sort of columns, and the drawer with one column, which a link can open.
import { columnChart } from '../src/eda/page/column-chart.js';
import { columnDetail } from '../src/eda/page/column-detail.js';
import { columnRow } from '../src/eda/page/column-row.js';
import type { ColumnView } from '../src/eda/page/column-view.js';
import { valueLabel } from '../src/eda/page/value-label.js';

interface Payload {
  readonly hasTarget: boolean;
  readonly views: readonly ColumnView[];
}

/** A row of the table with what it is found and sorted by. */
interface Row {
  readonly element: HTMLTableRowElement;
  readonly view: ColumnView;
  readonly key: string;
}

const NARROW = 700;
const PRINTED_DETAILS = 100;

void start();

async function start(): Promise<void> {
  document.documentElement.classList.remove('nojs');
  const { views, hasTarget } = await readPayload();
  const body = find<HTMLTableSectionElement>('.v tbody');
  addMissingRows(body, views, hasTarget);
  restoreRoles(find<HTMLTableElement>('.v'));
  const rows = [...body.rows].map((element, i): Row => {
    const view = views[i] as ColumnView;
    return { element, view, key: view.column.name.toLowerCase() };
  });
  const table = columnTable(body, rows);
  const drawer = columnDrawer(views, table.visible);
  find('main').addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#c"]') : null;
    const index = link === null ? undefined : columnOf((link as HTMLAnchorElement).hash);
    if (index === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    drawer.open(index, link as HTMLElement);
  });
  const openLinked = (): void => {
    const index = columnOf(location.hash);
    if (index !== undefined) drawer.open(index);
  };
  addEventListener('hashchange', openLinked);
  addEventListener('beforeprint', () => printDetails(views));
  openLinked();
}

function find<T extends Element = HTMLElement>(selector: string): T {
  return document.querySelector(selector) as T;
}

function columnOf(hash: string): number | undefined {
  const digits = /^#c(\d+)$/.exec(hash)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

async function readPayload(): Promise<Payload> {
  const bytes = Uint8Array.from(atob(find('#data').textContent), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return JSON.parse(await new Response(inflated).text());
}

/** Rows of the columns that came without one. */
function addMissingRows(body: HTMLTableSectionElement, views: readonly ColumnView[], hasTarget: boolean): void {
  const rest = views.slice(body.rows.length).map((view) => columnRow(view, hasTarget).text);
  body.insertAdjacentHTML('beforeend', rest.join(''));
}

/** Rows drawn as grids lose what tables mean to screen readers in some browsers; roles say it again. */
function restoreRoles(table: HTMLTableElement): void {
  table.setAttribute('role', 'table');
  for (const group of table.children) group.setAttribute('role', 'rowgroup');
  for (const row of table.rows) {
    row.setAttribute('role', 'row');
    for (const cell of row.cells) {
      const isHeader = cell.tagName === 'TH';
      cell.setAttribute('role', isHeader ? (cell.scope === 'row' ? 'rowheader' : 'columnheader') : 'cell');
    }
  }
}

/** Search, filter and sort; gives the positions of the columns in sight, in their order on the page. */
function columnTable(body: HTMLTableSectionElement, rows: readonly Row[]): { visible(): number[] } {
  const query = find<HTMLInputElement>('#q');
  const type = find<HTMLSelectElement>('#ty');
  const order = find<HTMLSelectElement>('#so');
  let sorted = [...rows];
  const isShown = ({ key, view }: Row): boolean => {
    if (!key.includes(query.value.trim().toLowerCase())) return false;
    return type.value === 'alerts' ? view.alerts.length > 0 : type.value === '' || view.column.type === type.value;
  };
  const filter = (): void => {
    let count = 0;
    for (const row of rows) {
      row.element.hidden = !isShown(row);
      if (!row.element.hidden) count++;
    }
    find('#ct').textContent = `${count} of ${rows.length} columns`;
    find('#em').hidden = count > 0;
  };
  let frame = 0;
  const later = (): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(filter);
  };
  query.addEventListener('input', later);
  type.addEventListener('change', later);
  order.addEventListener('change', () => {
    sorted = [...rows].sort(comparison(order.value));
    body.append(...sorted.map(({ element }) => element));
  });
  addEventListener('keydown', (event) => {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '');
    if (event.key !== '/' || isTyping || find<HTMLDialogElement>('#dw').open) return;
    event.preventDefault();
    query.focus();
  });
  filter();
  return { visible: () => sorted.filter(({ element }) => !element.hidden).map(({ view }) => view.column.index) };
}

function comparison(order: string): (a: Row, b: Row) => number {
  const index = (a: Row, b: Row): number => a.view.column.index - b.view.column.index;
  const by = (value: (row: Row) => number) => (a: Row, b: Row) => value(b) - value(a) || index(a, b);
  switch (order) {
    case 'name':
      return (a, b) => a.key.localeCompare(b.key);
    case 'missing':
      return by(({ view }) => view.column.missing.count);
    case 'alerts':
      return by(({ view }) => view.alerts.length);
    case 'target':
      return by(({ view }) => view.column.target?.strength ?? -1);
    default:
      return index;
  }
}

/** The drawer: one column at a time, through those in sight by the arrow keys. */
function columnDrawer(
  views: readonly ColumnView[],
  visible: () => number[],
): { open(index: number, from?: HTMLElement): void } {
  const dialog = find<HTMLDialogElement>('#dw');
  const title = find('#dn');
  let current = 0;
  let opener: HTMLElement | undefined;

  function open(index: number, from?: HTMLElement): void {
    const view = views[index];
    if (view === undefined) return;
    current = index;
    opener = from ?? opener;
    title.textContent = valueLabel(view.column.name, 200);
    const isNarrow = innerWidth < NARROW;
    const width = Math.min(620, Math.min(680, innerWidth) - (isNarrow ? 28 : 48));
    find('#db').innerHTML = columnDetail(view, columnChart(width, isNarrow ? 170 : 200)).text;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    title.focus({ preventScroll: true });
    history.replaceState(null, '', `#c${index}`);
  }

  function step(by: number): void {
    const positions = visible();
    const next = positions[positions.indexOf(current) + by];
    if (next !== undefined) open(next);
  }

  find('#pv').addEventListener('click', () => step(-1));
  find('#nx').addEventListener('click', () => step(1));
  find('#cl').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowRight') step(1);
    if (event.key === 'ArrowLeft') step(-1);
  });
  dialog.addEventListener('close', () => {
    history.replaceState(null, '', location.pathname + location.search);
    opener?.focus();
  });
  return { open };
}

/** Paper has no drawer: the first columns are printed whole. */
function printDetails(views: readonly ColumnView[]): void {
  const place = document.querySelector('#details') ?? document.createElement('section');
  if (place.children.length > PRINTED_DETAILS) return;
  const chart = columnChart(560, 200);
  place.id = 'details';
  place.innerHTML = `<h2>Columns</h2>${views
    .slice(0, PRINTED_DETAILS)
    .map((view) => `<section class="dt"><h3></h3>${columnDetail(view, chart).text}</section>`)
    .join('')}`;
  for (const [i, heading] of [...place.querySelectorAll('.dt > h3:first-child')].entries()) {
    heading.textContent = views[i]?.column.name ?? '';
  }
  find('main').after(place);
}
