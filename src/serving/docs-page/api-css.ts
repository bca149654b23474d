/** The style of the page of API documents, beyond that of every page. */
export const API_CSS = [
  '.op{border:1px solid var(--line);border-radius:6px;background:var(--card);margin:8px 0;scroll-margin-top:56px}',
  '.op>summary{padding:10px 12px;cursor:pointer;overflow-wrap:anywhere}',
  '.op>div{padding:4px 12px 12px;border-top:1px solid var(--line)}',
  '.op h3{font-size:14px;margin:20px 0 4px}',
  '.me{display:inline-block;min-width:62px;font:600 12px/1 ui-monospace,monospace;color:var(--acc)}',
  '.me.delete{color:var(--bad)}.me.put{color:var(--warn)}.me.get{color:var(--info)}',
  '.mu{color:var(--mut);font-size:14px}.rq{color:var(--bad);font-size:12px}',
  'code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px}',
  'pre{overflow-x:auto;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:12px;margin:8px 0}',
  '.x{overflow-x:auto}.x table{margin:4px 0}.x td{text-align:left;vertical-align:top;min-width:90px}.x th{vertical-align:top}',
  'details ul{padding-left:20px}',
].join('');
