// The style of charts, written twice: into each chart for when it stands alone as a file, and once into a page that holds charts.
import type { TokenName } from './tokens.js';
import { TOKENS } from './tokens.js';

const SERIES = ['c1', 'c2', 'c3', 'c4'] as const;
const DENSITY = ['d1', 'd2', 'd3', 'd4', 'd5'] as const;

/**
 * Style inside a chart. It applies only where the chart is the whole document, so that charts set in a page follow the page;
 * colours are written out, since not every viewer of SVG files knows custom properties.
 */
export function standalonePlotCss(): string {
  const shapes = shapeRules('svg:root').join('');
  const light = colourRules('svg:root', (name) => TOKENS[name].light).join('');
  const dark = colourRules('svg:root', (name) => TOKENS[name].dark).join('');
  return `${shapes}${light}@media(prefers-color-scheme:dark){${dark}}`;
}

/** Style of the charts in a page. */
export function pagePlotCss(): string {
  const colours = colourRules('.plot', (name) => `var(--${name})`);
  return [
    ...shapeRules('.plot'),
    ...colours,
    '.plot{display:block;max-width:100%;height:auto}.plot .bg{fill:none}',
  ].join('');
}

function shapeRules(root: string): string[] {
  return [
    `${root}{font:11px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}`,
    `${root} .title{font-size:13px;font-weight:600}`,
    `${root} .name{font-size:12px}`,
    `${root} .ink{font-size:12px}`,
    `${root} .grid,${root} .axis,${root} .guide,${root} .line,${root} .fold{fill:none}`,
    `${root} .guide{stroke-dasharray:4 3}`,
    `${root} .line{stroke-width:2;stroke-linejoin:round}`,
    `${root} .dots{stroke-linecap:round;stroke-width:7}`,
    `${root} .halo{fill:none;stroke-width:5;opacity:.8}`,
    `${root} .points{stroke-linecap:round;stroke-width:4.5;stroke-opacity:.85;fill:none}`,
    `${root} .dash2{stroke-dasharray:7 3}`,
    `${root} .dash3{stroke-dasharray:2 3}`,
    `${root} .dash4{stroke-dasharray:9 3 2 3}`,
  ];
}

function colourRules(root: string, colour: (name: TokenName) => string): string[] {
  return [
    `${root} .bg{fill:${colour('card')}}`,
    `${root} text{fill:${colour('mut')}}`,
    `${root} .title,${root} .name{fill:${colour('fg')}}`,
    `${root} .grid{stroke:${colour('line')}}`,
    `${root} .axis,${root} .guide,${root} .fold{stroke:${colour('line2')}}`,
    `${root} .dots{stroke-linecap:round;stroke-width:7}`,
    `${root} .halo{stroke:${colour('card')}}`,
    `${root} .bar{fill:${colour('bar')}}`,
    `${root} .points{stroke:${colour('bar')}}`,
    `${root} .right{fill:${colour('neg')}}`,
    `${root} .wrong{fill:${colour('pos')}}`,
    `${root} .ink{fill:${colour('ink')}}`,
    `${root} .ref{stroke:${colour('ref')}}`,
    ...SERIES.flatMap((name) => [
      `${root} .${name}{stroke:${colour(name)}}`,
      `${root} .fill-${name}{fill:${colour(name)}}`,
    ]),
    ...DENSITY.map((name, i) => `${root} .${name}{fill:${colour(name)}}${root} .v${i + 1}{stroke:${colour(name)}}`),
    `${root} .v0{stroke:${colour('line2')}}`,
  ];
}
