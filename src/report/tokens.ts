// The colours of every page and chart, for light and dark; text contrast is at least 5.7, marks 3.3, series after Okabe and Ito.

/** A colour on a light and on a dark ground. */
export interface Token {
  readonly light: string;
  readonly dark: string;
}

const table = {
  bg: { light: '#fbfbfa', dark: '#111210' },
  card: { light: '#fff', dark: '#191a18' },
  line: { light: '#e4e4e0', dark: '#2e302c' },
  line2: { light: '#8a8d86', dark: '#6f736c' },
  fg: { light: '#1b1c1a', dark: '#ecede8' },
  mut: { light: '#5b5e58', dark: '#a6a9a2' },
  acc: { light: '#0b5cad', dark: '#6db3f2' },
  bar: { light: '#3b7dbd', dark: '#5b9bd8' },
  bar2: { light: '#d0dfee', dark: '#223a52' },
  ref: { light: '#d55e00', dark: '#f0924c' },
  pos: { light: '#d86250', dark: '#a63d3a' },
  neg: { light: '#5b9bd5', dark: '#2d69a3' },
  ink: { light: '#000', dark: '#fff' },
  bad: { light: '#b3261e', dark: '#ff8f85' },
  'bad-bg': { light: '#fdeceb', dark: '#3a1a18' },
  warn: { light: '#7a4b00', dark: '#f2b95c' },
  'warn-bg': { light: '#fff3dc', dark: '#33260c' },
  info: { light: '#0b5563', dark: '#7ccbd9' },
  'info-bg': { light: '#e3f4f7', dark: '#0f2d33' },
  c1: { light: '#0072b2', dark: '#56b4e9' },
  c2: { light: '#d55e00', dark: '#e69f00' },
  c3: { light: '#009e73', dark: '#2fc79b' },
  c4: { light: '#aa4499', dark: '#cc79a7' },
  // Density from few to many rows: viridis, less its ends that the ground would swallow.
  d1: { light: '#440154', dark: '#34719c' },
  d2: { light: '#3b528b', dark: '#21918c' },
  d3: { light: '#21918c', dark: '#35b779' },
  d4: { light: '#35b779', dark: '#90d743' },
  d5: { light: '#90d743', dark: '#fde725' },
} as const satisfies Record<string, Token>;

/** The name of a colour. */
export type TokenName = keyof typeof table;

/** Colours by name. */
export const TOKENS: Readonly<Record<TokenName, Token>> = table;

/** The colours as custom properties of a page, which follow its colour scheme. */
export function tokenCss(): string {
  const properties = Object.entries(TOKENS).map(([name, { light, dark }]) => `--${name}:light-dark(${light},${dark})`);
  return `:root{color-scheme:light dark;${properties.join(';')}}`;
}
