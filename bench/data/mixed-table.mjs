// The table of the loading benchmarks, made up: one million rows of 20 columns as a service exports them, with numbers, codes, dates,
// repeated and distinct strings, quotes, commas in quotes and missing cells. The same rows at every call.
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { importSource } from '../harness/import-source.mjs';

const COUNTRIES = ['Germany', 'France', 'United States', 'Brazil', 'Japan', 'India', 'Spain', "Côte d'Ivoire"];
const SEGMENTS = ['consumer', 'corporate', 'home office'];
const WORDS = 'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike'.split(' ');
const HEADER =
  'id,created_at,birth_date,country,segment,city,is_active,age,income,balance,score,visits,zeros,latitude,longitude,' +
  'user_hash,comment,x1,x2,target\n';
const PIECE_ROWS = 5_000;

/**
 * Writes the table to a file, unless the file is there.
 * @param {number} [nColumns] at least 20; those past it are in turn measures, codes and whole numbers
 */
export async function writeMixedTable(path, nRows, nColumns = 20) {
  if (existsSync(path)) return;
  await mkdir(dirname(path), { recursive: true });
  const out = createWriteStream(`${path}.part`);
  for await (const piece of mixedTable(nRows, nColumns - 20)) {
    if (!out.write(piece)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
  await rename(`${path}.part`, path);
}

/** The text of the table in pieces of some thousand rows. */
async function* mixedTable(nRows, nMore) {
  const { createRandom } = await importSource('src/core/random.ts');
  const random = createRandom(7);
  const more = Array.from({ length: nMore }, (_, j) => j);
  yield [HEADER.trimEnd(), ...more.map((j) => `more${j}`)].join(',').concat('\n');
  for (let first = 0; first < nRows; first += PIECE_ROWS) {
    let piece = '';
    for (let row = first; row < Math.min(first + PIECE_ROWS, nRows); row++) piece += line(random, row, nRows, more);
    yield piece;
  }
}

function line(random, row, nRows, more) {
  const { integer, normal, next } = random;
  const created = new Date(Date.UTC(2023, 0, 1) + Math.floor((row * 63_072_000) / nRows) * 1000).toISOString();
  const birth = new Date(Date.UTC(1940, 0, 1) + integer(24_000) * 86_400_000).toISOString().slice(0, 10);
  // A Pareto draw cut to whole numbers: few cities have most of the rows.
  const city = Math.floor(Math.max(next(), 1e-9) ** -2.5) % 400;
  const x1 = normal();
  const cells = [
    row + 1,
    `${created.slice(0, 10)} ${created.slice(11, 19)}`,
    birth,
    COUNTRIES[integer(8)],
    SEGMENTS[integer(3)],
    `"City ${String(city).padStart(3, '0')}, District ${city % 7}"`,
    next() < 0.7,
    Math.round(Math.min(95, Math.max(18, 41 + 13 * normal()))),
    next() < 0.08 ? '' : Math.exp(10.4 + 0.6 * normal()).toFixed(2),
    (1_500 * normal()).toFixed(2),
    next() < 0.03 ? '' : next().toFixed(6),
    integer(8),
    next() < 0.75 ? 0 : 1 + integer(49),
    (next() * 180 - 90).toFixed(5),
    (next() * 360 - 180).toFixed(5),
    `u${integer(1_000_000)}${integer(1_000_000)}`,
    next() < 0.2 ? '' : `"${word(random)} ${word(random)}, ""${word(random)}"""`,
    x1.toFixed(8),
    (0.8 * x1 + 0.6 * normal()).toFixed(8),
    integer(2),
    ...more.map((j) => moreCell(random, j)),
  ];
  return `${cells.join(',')}\n`;
}

function moreCell({ integer, normal }, j) {
  if (j % 3 === 0) return Math.exp(normal()).toFixed(4);
  return j % 3 === 1 ? `v${integer(5 + j)}` : integer(1000);
}

function word({ integer }) {
  return WORDS[integer(WORDS.length)];
}
