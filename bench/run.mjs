// `npm run bench -- NAME [--json] [--write] [--rounds N]`: runs bench/NAME.mjs and prints its figures.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchContext } from './harness/bench-context.mjs';
import { benchmarksPage } from './harness/benchmarks-page.mjs';
import { FIGURE_HEADER, figureRows } from './harness/format-figure.mjs';
import { machineFacts } from './harness/machine-facts.mjs';
import { readResults, writeResults } from './harness/results.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, write: { type: 'boolean' }, rounds: { type: 'string' } },
});
const known = await benchNames();
if (positionals.length !== 1 || !known.includes(positionals[0])) {
  console.error(`usage: npm run bench -- NAME [--json] [--write] [--rounds N]\nbenchmarks: ${known.join(', ')}`);
  process.exit(2);
}
const results = await runBench(positionals[0]);
if (!values.json) console.log(textTable([FIGURE_HEADER, ...figureRows(results.figures)]));
if (values.write) await keep(results);

async function runBench(name) {
  const { question, run, plot } = await import(new URL(`${name}.mjs`, import.meta.url).href);
  const machine = machineFacts();
  const context = benchContext(name, {
    rounds: values.rounds === undefined ? undefined : Number(values.rounds),
    onFigure: (figure) => values.json && console.log(JSON.stringify(figure)),
    log: (line) => console.error(line),
  });
  if (machine.loadAtStart > machine.cores / 2) context.log(`the machine is busy (load ${machine.loadAtStart})`);
  await run(context);
  return { bench: name, question, machine, versions: context.versions, figures: context.figures, plot };
}

async function keep({ plot, ...results }) {
  if (plot) await writePlot(results, plot);
  await writeResults(results);
  await writeFile(new URL('../docs/benchmarks.md', import.meta.url), benchmarksPage(await readResults()));
}

/** Draws what a benchmark has to show beside its table. */
async function writePlot(results, plot) {
  const { title, svg } = plot(results.figures);
  const image = `images/${results.bench}.svg`;
  await mkdir(new URL('../docs/images/', import.meta.url), { recursive: true });
  await writeFile(new URL(`../docs/${image}`, import.meta.url), svg);
  results.plot = { title, image };
}

/** Names of the benchmarks beside this file. */
async function benchNames() {
  const files = await readdir(new URL('.', import.meta.url));
  return files.filter((file) => file.endsWith('.mjs') && file !== 'run.mjs').map((file) => file.replace(/\.mjs$/, ''));
}

/** Columns padded to their widest cell. */
function textTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
