import { dataTable } from '../../report/data-table.js';
import { densityImage } from '../../report/density-image.js';
import { formatCount } from '../../report/format-number.js';
import type { Markup } from '../../report/html.js';
import { html } from '../../report/html.js';
import type { AssociationKind, AssociationMatrix, Associations } from '../profile-types.js';
import { valueLabel } from './value-label.js';

const NAMES: Readonly<Record<AssociationKind, string>> = {
  auto: 'Association: Spearman for numbers, Cramér’s V otherwise',
  pearson: 'Pearson: straight lines',
  spearman: 'Spearman: rising or falling',
  kendall: 'Kendall: pairs in the same order',
  cramersV: 'Cramér’s V, bias-corrected',
  phiK: 'Phi-k',
};
/** Up to so many columns a matrix is a table with numbers; above, an image. */
const LARGEST_TABLE = 25;
const PAIRS = 10;
const NAME_LENGTH = 22;

/** Matrices in the order that similarity gives, the first one open, and the strongest pairs. */
export function associationsSection({ matrices, nLeftOut }: Associations): Markup {
  const [first, ...others] = matrices.filter(({ columns }) => columns.length > 1);
  if (first === undefined) return html`<p>There are no two columns to compare.</p>`;
  const left =
    nLeftOut > 0 && html`<p class="mu">${formatCount(nLeftOut)} columns are left out, since there are too many.</p>`;
  const folded = others.map(
    (matrix) => html`<details><summary>${NAMES[matrix.kind]}</summary>${associationMatrix(matrix)}</details>`,
  );
  return html`${associationMatrix(first)}${left}${strongestPairs(first)}${folded}`;
}

/** One matrix with its caption. */
export function associationMatrix(
  matrix: AssociationMatrix | Omit<AssociationMatrix, 'kind'>,
  caption?: string,
): Markup {
  const name = caption ?? ('kind' in matrix ? NAMES[matrix.kind] : '');
  const sampled = matrix.isSampled ? ` (${formatCount(matrix.nRows)} sampled rows)` : '';
  const text = `${name}${sampled}; columns that go together stand side by side`;
  return matrix.columns.length <= LARGEST_TABLE ? matrixTable(matrix, text) : matrixImage(matrix, text);
}

type Matrix = Omit<AssociationMatrix, 'kind'>;

function matrixTable({ columns, order, values }: Matrix, caption: string): Markup {
  const name = (at: number): Markup => html`<bdi>${valueLabel(columns[at] as string, NAME_LENGTH)}</bdi>`;
  const cell = (row: number, column: number): Markup => {
    if (row === column) return html`<td class="me">·`;
    const value = values[row]?.[column] ?? null;
    if (value === null) return html`<td class="me">–`;
    const strength = Math.abs(value).toFixed(2);
    const text = Math.abs(value) < 0.05 ? '' : value.toFixed(2).replace('0.', '.').replace('-', '−');
    return html`<td${value < 0 && html` class="n"`} style="--r:${strength}">${text}`;
  };
  const rows = order.map((row) => html`<tr><th scope="row">${name(row)}${order.map((column) => cell(row, column))}`);
  return html`<p class="mu">${caption}</p><div class="x" tabindex="0" role="region" aria-label="${caption}"><table class="hm"><thead><tr><td class="me">${order.map((at) => html`<th scope="col">${name(at)}`)}</thead><tbody>${rows}</tbody></table></div>`;
}

function matrixImage({ columns, order, values }: Matrix, caption: string): Markup {
  const n = columns.length;
  // The image counts rows from the bottom, the matrix from the top.
  const cells = [...order]
    .reverse()
    .flatMap((row) => order.map((column) => (row === column ? 1 : (values[row]?.[column] ?? 0))));
  const uri = densityImage({ nX: n, nY: n, values: cells, palette: 'signed' });
  return html`<figure><figcaption>${caption}</figcaption><img class="px" width="600" height="600" alt="Matrix of ${n} columns, red for positive and blue for negative; the strongest pairs are in the table" src="${uri}"></figure>`;
}

function strongestPairs({ columns, values }: Matrix): Markup {
  const pairs: [number, number, number][] = [];
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) pairs.push([i, j, values[i]?.[j] ?? 0]);
  }
  pairs.sort(([, , a], [, , b]) => Math.abs(b) - Math.abs(a));
  const rows = pairs
    .slice(0, PAIRS)
    .map(([i, j, value]) => [
      html`<bdi>${valueLabel(columns[i] as string)}</bdi>`,
      html`<bdi>${valueLabel(columns[j] as string)}</bdi>`,
      value.toFixed(2).replace('-0.00', '0.00').replace('-', '−'),
    ]);
  return dataTable({ caption: 'Strongest pairs', head: ['First', 'Second', 'Strength'], rows, isText: true });
}
