// Writes what the peers' tests of file formats measured into the tables of docs/interop.md.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const PAGE = 'docs/interop.md';
const MATRICES = [
  ['import', 'Trained there, scored here'],
  [
    'export',
    'Trained here, scored there (XGBoost: raw scores of the file, outputs against the model before its rounding)',
  ],
  ['onnx', 'Written as ONNX, scored by onnxruntime in Python and in Node'],
  ['onnx-import', 'ONNX files of other libraries, scored by onnxruntime in Node as in Python'],
  ['pyfunc', 'Model directories in `mlflow.pyfunc`, raw rows with strings, dates and missing values'],
];

const sections = await Promise.all(MATRICES.map(([matrix, title]) => section(matrix, title)));
const page = await readFile(PAGE, 'utf8');
const tables = `<!-- tables -->\n${sections.join('\n')}<!-- /tables -->`;
await writeFile(
  PAGE,
  page.replace(/<!-- tables -->[\s\S]*<!-- \/tables -->/, () => tables),
);

async function section(matrix, title) {
  const text = await readFile(`.cache/interop/${matrix}.ndjson`, 'utf8').catch(() => '');
  const cells = new Map(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .map((cell) => [`${cell.library}\n${cell.name}\n${cell.data}`, cell]),
  );
  const data = [...new Set([...cells.values()].map((cell) => cell.data))];
  const rows = [...new Set([...cells.values()].map(({ library, name }) => `${library}\n${name}`))];
  const lines = rows.map((row) => {
    const found = data.map((kind) => difference(cells.get(`${row}\n${kind}`)));
    return `| ${[...row.split('\n'), ...found].join(' | ')} |`;
  });
  return [
    `### ${title}`,
    '',
    `| | | ${data.join(' | ')} |`,
    `|---|---|${'---|'.repeat(data.length)}`,
    ...lines,
    '',
  ].join('\n');
}

/** Raw scores, then outputs where they differ. */
function difference(cell) {
  if (cell === undefined) return '';
  const { raw, outputs } = cell;
  const texts = [raw, outputs]
    .filter((value) => value !== undefined)
    .map((value) => (value === 0 ? '0' : value.toExponential(0)));
  return [...new Set(texts)].join(', ');
}
