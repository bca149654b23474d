// A profile as one HTML file: complete without network, readable without a script, under a megabyte whatever the table.
import { deflateRawSync } from 'node:zlib';
import { html, Markup } from '../../report/html.js';
import type { PageSection } from '../../report/page.js';
import { page } from '../../report/page.js';
import type { Profile } from '../profile-types.js';
import { alertsSection } from './alerts-section.js';
import { associationsSection } from './associations-section.js';
import { columnChart } from './column-chart.js';
import { columnDetail } from './column-detail.js';
import { columnRow } from './column-row.js';
import type { ColumnView } from './column-view.js';
import { columnViews } from './column-view.js';
import { PROFILE_CLIENT } from './generated/profile-client.js';
import { interactionsSection } from './interactions-section.js';
import { missingSection } from './missing-section.js';
import { overviewSection } from './overview-section.js';
import { profileCss } from './profile-css.js';
import { reproductionSection } from './reproduction-section.js';
import { duplicatesSection, sampleSection } from './rows-section.js';
import { targetSection } from './target-section.js';
import { TRIM_LEVELS, trimView } from './trim-view.js';
import { variablesSection } from './variables-section.js';

/** No page is larger, in bytes. */
export const PAGE_LIMIT_BYTES = 1_000_000;
const ROWS = 1200;
const DETAILS = 30;
const FEW_DETAILS = 10;
/** So many columns fit with everything, as a rule. */
const LIKELY_WHOLE = 1000;
/** No page names more columns than this where it cannot name all. */
const MOST_COLUMNS = 16_384;
const CHART = columnChart(560, 200);

/** How much of the profile a page holds. */
interface Amount {
  readonly level: number;
  readonly nRows: number;
  readonly nDetails: number;
  readonly nColumns: number;
}

/**
 * The page of a profile, under a megabyte: where all of it would be longer, single columns lose details first,
 * then the rows that need no script, and last the columns furthest right; the page says so, and the JSON has them.
 */
export function profilePage(profile: Profile): string {
  const views = columnViews(profile);
  let text = '';
  for (const amount of amounts(views.length)) {
    text = draw(profile, views, amount);
    if (Buffer.byteLength(text) <= PAGE_LIMIT_BYTES) return text;
  }
  return text;
}

/** Less and less, from what is likely to fit. */
function* amounts(nColumns: number): Generator<Amount> {
  const last = TRIM_LEVELS - 1;
  const first = nColumns <= LIKELY_WHOLE ? 0 : nColumns <= 4 * LIKELY_WHOLE ? 2 : last;
  for (let level = first; level <= last; level++)
    yield { level, nRows: ROWS, nDetails: level < 2 ? DETAILS : FEW_DETAILS, nColumns };
  for (let kept = Math.min(nColumns, MOST_COLUMNS); kept > 0; kept = Math.floor(kept / 2))
    yield { level: last, nRows: Math.min(ROWS / 2, kept), nDetails: 0, nColumns: kept };
}

function draw(profile: Profile, all: readonly ColumnView[], { level, nRows, nDetails, nColumns }: Amount): string {
  const views = all.slice(0, nColumns).map((view) => trimView(view, level));
  const hasTarget = profile.target !== undefined;
  const rows = views.slice(0, nRows).map((view) => columnRow(view, hasTarget).text);
  const variables = variablesSection({ rows, nColumns: views.length, nDetails, hasTarget });
  const { reproduction, overview, title } = profile;
  return page({
    title,
    subtitle: `Profiled ${reproduction.startedAt.slice(0, 10)} · ${overview.isExact ? 'all rows, exact' : 'all rows, some numbers estimated'}`,
    sections: [
      section('overview', 'Overview', overviewSection(profile)),
      section('alerts', 'Alerts', alertsSection(profile, views)),
      ...(profile.target === undefined ? [] : [section('target', 'Target', targetSection(profile, profile.target))]),
      section('variables', 'Variables', html`${cutNote(level, all.length - views.length)}${variables}`),
      ...wholeTable(profile),
      section('reproduction', 'Reproduction', reproductionSection(profile)),
    ],
    styles: profileCss(),
    rest: new Markup(`${details(views.slice(0, nDetails))}${DRAWER}${payload(views, hasTarget)}`),
    script: PROFILE_CLIENT,
  });
}

/** Sections on the whole table, as far as the profile has them. */
function wholeTable(profile: Profile): PageSection[] {
  const { associations, missing, isMinimal } = profile;
  return [
    ...(isMinimal ? [] : [section('associations', 'Associations', associationsSection(associations))]),
    ...(isMinimal ? [] : [section('interactions', 'Interactions', interactionsSection(profile))]),
    section('missing', 'Missing values', missingSection(missing)),
    section('duplicates', 'Duplicates', duplicatesSection(profile)),
    section('sample', 'Sample', sampleSection(profile)),
  ];
}

function section(id: string, title: string, body: Markup): PageSection {
  return { id, title, body: body.text };
}

function cutNote(level: number, nLeftOut: number): Markup {
  if (level === 0) return html``;
  const left = nLeftOut > 0 && html` The last ${nLeftOut} columns are left out.`;
  return html`<p class="note">There are too many columns to show each with everything: some details are in the JSON of this profile alone.${left}</p>`;
}

function details(views: readonly ColumnView[]): Markup {
  if (views.length === 0) return html``;
  const parts = views.map((view) => {
    const { name, index } = view.column;
    return html`<section class="dt" id="c${index}"><h3><bdi>${name}</bdi></h3>${columnDetail(view, CHART)}</section>`;
  });
  return html`<section id="details" aria-labelledby="details-title"><h2 id="details-title">Columns</h2>${parts}</section>`;
}

const DRAWER = html`<dialog id="dw" aria-labelledby="dn"><div class="dh"><h2 id="dn" tabindex="-1"></h2><button id="pv" type="button" aria-label="Previous column">←</button><button id="nx" type="button" aria-label="Next column">→</button><button id="cl" type="button" aria-label="Close">✕</button></div><div id="db"></div></dialog>`;

/** What the script draws from: columns as deflated JSON, in text that no parser takes for markup. */
function payload(views: readonly ColumnView[], hasTarget: boolean): Markup {
  const bytes = deflateRawSync(JSON.stringify({ hasTarget, views }), { level: 9 });
  return new Markup(`<script type="text/plain" id="data">${bytes.toString('base64')}</script>`);
}
