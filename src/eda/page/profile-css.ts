// The style of the profile's page beyond that of every page; `nojs` is on the root until the script runs.

const RULES = `
.mu{color:var(--mut);font-size:13px}h3{font-size:15px;margin:20px 0 8px}
.kpi dd{font-size:24px}.dt dd,#db dd{font-size:17px;overflow-wrap:anywhere}
.ty{display:flex;height:10px;gap:2px;max-width:560px;margin:16px 0 8px}.ty b{border-radius:2px}.lg{font-size:13px;color:var(--mut)}.lg span{margin-right:14px;white-space:nowrap}.lg i{display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:5px}
b.c1,i.c1{background:var(--c1)}b.c2,i.c2{background:var(--c2)}b.c3,i.c3{background:var(--c3)}b.c4,i.c4{background:var(--c4)}b.c5,i.c5{background:var(--d4)}b.c6,i.c6{background:var(--line2)}
.al{max-width:820px;list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}.al li{display:flex;gap:12px;align-items:start;padding:7px 0;border-bottom:1px solid var(--line)}.al li>:first-child{flex:0 0 200px;overflow-wrap:anywhere;font-size:14px}.al-t{color:var(--mut)}
.a{display:inline-block;font-size:12px;font-weight:600;line-height:1.5;padding:0 7px;margin:1px 0;border-radius:10px;background:var(--info-bg);color:var(--info)}.a.warn{background:var(--warn-bg);color:var(--warn)}.a.bad{background:var(--bad-bg);color:var(--bad)}
.bar{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-bottom:12px}.bar input{flex:1 1 220px;max-width:340px}.bar output{color:var(--mut);font-size:13px}
input,select{font:inherit;font-size:14px;color:var(--fg);background:var(--card);border:1px solid var(--line2);border-radius:6px;padding:6px 10px;min-height:36px}
.nojs .js{display:none}
.v{width:100%;font-size:15px;margin:0}.v thead th{font-size:12px;color:var(--mut);padding:6px 10px;border-bottom:1px solid var(--line2);white-space:nowrap}.v .w{text-align:right}
.v tbody th,.v td{padding:8px 10px;border-bottom:1px solid var(--line);vertical-align:middle}.v tbody th{max-width:280px}.v th a{font-weight:600;color:var(--fg);text-decoration:none;overflow-wrap:anywhere}.v th a:hover{text-decoration:underline;color:var(--acc)}.v tbody tr:hover{background:var(--card)}
.v small,.hx small{display:block;color:var(--mut);font-size:12px}.v th .a{margin:2px 4px 0 0;font-weight:500;font-size:11.5px}.v td.d{width:230px;text-align:left}.v .d small{overflow-wrap:anywhere}
.s{display:block;width:200px;height:30px}.s path,.h .b{fill:var(--bar)}.s .k{fill:var(--line2)}.f{display:flex;height:16px;gap:1px;width:200px}.f b{background:var(--bar);min-width:1px}.f b+b{opacity:.8}.f b+b+b{opacity:.62}.f b+b+b+b{opacity:.48}.f .o{background:var(--line);opacity:1}
.z{color:var(--mut)}.mw{display:block;height:3px;background:var(--line);margin-top:4px;min-width:56px}.mw b{display:block;height:3px;background:var(--ref)}
.h{display:block;width:100%;height:auto;max-width:620px;margin:8px 0}.h text{font-size:11px;fill:var(--mut)}.h .g{stroke:var(--line);fill:none}.h .mh{stroke:var(--card);stroke-width:4.5}.h .md{stroke:var(--ref);stroke-width:2}.h .ml{fill:var(--fg);paint-order:stroke;stroke:var(--card);stroke-width:3px}.h .o{fill:none;stroke:var(--ref);stroke-width:1.5}
.ln path{fill:none;stroke:var(--bar);stroke-width:1.5}.lg .st{stroke:var(--bar)}.lg .bd{stroke:var(--ref);stroke-dasharray:4 3;fill:none}
.t caption,figcaption{text-align:left;font-size:12px;color:var(--mut);padding-bottom:4px}.t{max-width:100%}.t.bars{width:100%;max-width:620px}.t.bars td{width:90px}.t thead tr>:nth-child(n+2){text-align:right}.t.words td,.t.words thead tr>:nth-child(n+2),.t.sm thead tr>:nth-child(n+2){text-align:left}.t tbody th{overflow-wrap:anywhere}.t th .a{overflow-wrap:normal}.t.bars th,.t.bars td{padding-right:8px}.two{display:flex;flex-wrap:wrap;gap:0 40px}.ov{width:280px}.cp h3 .a{font-weight:500}
.m{display:block;background:linear-gradient(var(--bar2) 0 0) 0/var(--w) 100% no-repeat;padding:1px 6px;border-radius:2px;overflow-wrap:anywhere}
.sm td,.sm th{white-space:nowrap;padding-right:16px}.sm .l{text-align:left}.sm thead th{text-align:left}
.note{background:var(--info-bg);padding:8px 12px;border-radius:6px;font-size:14px;max-width:none}.ex{margin:4px 0;padding-left:20px;font-size:13px;overflow-wrap:anywhere}
pre{font-size:12.5px;line-height:1.5;overflow:auto;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:12px;max-height:480px}
.iv{display:block;width:140px;height:14px}.iv path{stroke:var(--bar);stroke-width:2;vector-effect:non-scaling-stroke;fill:none}.iv .pt{stroke:var(--ref);stroke-width:3}
.x{overflow-x:auto;position:relative}.hm{width:auto;font-size:11.5px;border-collapse:separate;border-spacing:1px}.hm td{width:38px;min-width:38px;height:28px;text-align:center;padding:0;border:0;color:var(--ink);background:color-mix(in oklab,var(--pos) calc(var(--r)*100%),var(--card))}.hm td.n{background:color-mix(in oklab,var(--neg) calc(var(--r)*100%),var(--card))}.hm th{padding:0 8px 0 0;border:0;white-space:nowrap;text-align:right;color:var(--mut);position:sticky;left:0;background:var(--bg)}.hm thead th{position:static;writing-mode:vertical-rl;transform:rotate(180deg);padding:6px 0 0;text-align:left}.hm td.me{background:none;color:var(--mut)}
.px{image-rendering:pixelated;display:block;border:1px solid var(--line);max-width:100%;background:var(--card)}figure{margin:12px 0}
.maps{display:flex;flex-wrap:wrap;gap:20px 28px}.hx{display:grid;grid-template-columns:auto 280px;gap:2px 6px;margin:0;width:min-content}.hx figcaption,.hx small{grid-column:1/-1}.hx small{padding-left:0}.hy{display:flex;flex-direction:column;justify-content:space-between;text-align:right}.hb{grid-column:2;display:flex;justify-content:space-between}.hy,.hb{font-size:11px;color:var(--mut)}.hx .px{width:280px;height:200px}
.mm{display:grid;grid-template-columns:max-content 1fr max-content;gap:5px 12px;align-items:center;font-size:13px;margin:0 0 20px;padding:0;list-style:none}.mm li{display:contents}.mm svg{width:100%;height:14px;background:var(--line);display:block}.mm path{fill:var(--ref)}
dialog{color:var(--fg);background:var(--card);border:0;border-left:1px solid var(--line);margin:0 0 0 auto;height:100dvh;max-height:none;width:min(680px,100vw);max-width:none;padding:0 24px 48px;overflow:auto}dialog::backdrop{background:#0006}.dh{display:flex;gap:8px;align-items:center;position:sticky;top:0;background:var(--card);padding:20px 0 12px;z-index:1}.dh h2{flex:1;margin:0;font-size:22px;overflow-wrap:anywhere;outline:0}
#details{max-width:1180px;margin:0 auto;padding:0 20px}.dt{border-top:1px solid var(--line);padding:4px 0 20px}html:not(.nojs) #details{display:none}summary{cursor:pointer;color:var(--mut);font-size:13px;padding:4px 0}
html:not(.nojs){& .v,& .v tbody,& .v thead{display:block}& .v tr{display:grid;grid-template-columns:minmax(160px,1fr) 230px repeat(5,84px)}& .v.tg tr{grid-template-columns:minmax(150px,1fr) 220px repeat(6,80px)}& .v tbody tr:nth-child(n+50){content-visibility:auto;contain-intrinsic-size:auto 70px}& .v tr[hidden]{display:none}& .v td,& .v tbody th{max-width:none}}
@media(max-width:700px){html:not(.nojs) .v tr,html:not(.nojs) .v.tg tr{grid-template-columns:52fr 48fr}.v .w{display:none}.v td.d{width:auto}.s,.f{width:100%}.v tbody th,.v td{padding:8px 4px}dialog{padding:0 14px 40px}.al li>:first-child{flex-basis:120px}#details{padding:0 12px}.mm{grid-template-columns:minmax(90px,max-content) 1fr max-content}.mm span{overflow-wrap:anywhere}.t th,.t td{padding-right:10px}.iv{width:90px}}
@media print{html:not(.nojs) .v tbody tr{content-visibility:visible}html #details{display:block!important}.bar,dialog{display:none!important}h3{break-after:avoid}thead{display:table-header-group}figure,.maps{break-inside:avoid}}
@media(forced-colors:active){.s path,.h .b{fill:CanvasText}.f b,.mw b,.m,.ty b,.hm td{forced-color-adjust:none}}
`;

/** Style rules. */
export function profileCss(): string {
  return RULES.replaceAll('\n', '');
}
