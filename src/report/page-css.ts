// The style of report pages: system font, tabular figures, hairlines, spacing 4, 8, 12, 20, 40, at most 1,180 wide.
import { pagePlotCss } from './plot-css.js';
import { tokenCss } from './tokens.js';

const RULES = `
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}html{scroll-padding-top:56px;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
main,header,nav ul{max-width:1180px;margin:0 auto;padding:0 20px}main{padding-bottom:40px}
header{display:flex;gap:20px;align-items:end;padding-top:28px;padding-bottom:12px}header div{flex:1;min-width:0}header p{color:var(--mut);margin:4px 0 0}
h1{font-size:26px;line-height:1.2;margin:0;letter-spacing:-.01em;overflow-wrap:anywhere}h2{font-size:19px;margin:40px 0 12px}p{margin:8px 0;max-width:70ch}a{color:var(--acc)}
nav{position:sticky;top:0;background:var(--bg);border-bottom:1px solid var(--line);z-index:1}nav ul{display:flex;gap:20px;list-style:none;overflow-x:auto}
nav a{display:block;padding:11px 0;color:var(--mut);text-decoration:none;white-space:nowrap;font-size:14px}nav a:hover{color:var(--fg)}
:focus-visible{outline:2px solid var(--acc);outline-offset:2px;border-radius:3px}
button{font:inherit;font-size:14px;color:var(--fg);background:var(--card);border:1px solid var(--line2);border-radius:6px;padding:6px 10px;min-height:36px;cursor:pointer}
dl{display:flex;flex-wrap:wrap;gap:12px 40px;margin:0 0 20px}dt{font-size:12px;color:var(--mut)}dd{margin:0;font-size:24px;font-weight:600;line-height:1.2;letter-spacing:-.01em}
table{border-collapse:collapse;font-size:13px;margin:12px 0}th{text-align:left;font-weight:400}th,td{padding:4px 20px 4px 0;border-bottom:1px solid var(--line)}thead th{color:var(--mut);font-size:12px}td{text-align:right}
.plots{display:flex;flex-wrap:wrap;gap:20px 40px;align-items:start}
@media(max-width:700px){main,header,nav ul{padding-left:12px;padding-right:12px}dl{gap:8px 20px}}
@media print{:root,:root[data-theme]{color-scheme:light}nav,button{display:none}body{font-size:10.5pt;background:#fff}tr,svg,dl{break-inside:avoid}h2{break-after:avoid}*{print-color-adjust:exact}}
`;

/** Style of a page and of the charts in it. */
export function pageCss(): string {
  return tokenCss() + RULES.replaceAll('\n', '') + pagePlotCss();
}
