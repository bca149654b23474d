import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Predictor } from '../../src/core/predictor.js';
import { formatCsv } from '../../src/loaders/csv/write-csv.js';
import { fileLoader } from '../../src/loaders/file-loader.js';
import { writeParquet } from '../../src/loaders/parquet/write-parquet.js';
import { writeTable } from '../../src/loaders/write-table.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { predictionsTable } from '../../src/prediction/predictions-table.js';
import type { ScoreFileRequest } from '../../src/prediction/score-file.js';
import { scoreFile } from '../../src/prediction/score-file.js';
import { makeTable } from '../../src/table/make-table.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { stubPredictor } from '../../src/testing/stub-predictor.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import { temporaryFolder } from '../temporary-folder.js';
import { makeProspects, prospect } from '../training/prospects.js';

const N_ROWS = 500;
const x = Float64Array.from({ length: N_ROWS }, (_, i) => i / 7);
const rows = makeTable([
  ['x', x],
  ['z', x.map((value) => -value)],
]);
const predictor = stubPredictor({ score: ({ x }) => Math.min(1, Number(x) / 100) });

const prospects = makeProspects(300);
const trained: Promise<Predictor> = (async () => {
  const registry = memoryRegistry();
  const given = { data: prospects, features: prospect, validation: { folds: 0 } };
  await createTrainer({ registry }).train({ ...given, name: 'prospects', model: 'logistic' });
  return (await createPredictor({ registry, model: 'prospects' })) as Predictor;
})();

/** The prospects as CSV, with a cell that is no number in these rows. */
function textWith(...brokenRows: number[]): string {
  const lines = formatCsv(prospects.select('age', 'visits', 'plan', 'active')).split('\n');
  for (const row of brokenRows) lines[row + 1] = (lines[row + 1] as string).replace(/^([^,]*),[^,]*/, '$1,many');
  return lines.join('\n');
}

afterEach(() => vi.restoreAllMocks());

function files(): (name: string) => string {
  const folder = temporaryFolder();
  return (name) => join(folder, name);
}

const score = (data: string, out: string, options: Partial<ScoreFileRequest> = {}) =>
  scoreFile({ predictor, data, out, ...options });

async function read(path: string): Promise<Record<string, unknown>[]> {
  const { data } = (await fileLoader(path).load()) as { data: ColumnTable };
  return data.objects() as Record<string, unknown>[];
}

describe('scoreFile', () => {
  const formats = ['csv', 'parquet', 'ndjson', 'json'];
  test.each(formats.flatMap((from) => formats.map((to) => [from, to])))('scores %s to %s', async (from, to) => {
    const at = files();
    await writeTable(at(`rows.${from}`), rows);
    expect(await score(at(`rows.${from}`), at(`scores.${to}`))).toEqual({ nRows: N_ROWS, nRefused: 0, nResumed: 0 });
    const expected = predictionsTable(predictor.predictTable(rows), predictor.spec).objects();
    expect(await read(at(`scores.${to}`))).toEqual(expected);
  });

  test('writes the columns that are asked for before the scores', async () => {
    const at = files();
    await writeTable(at('rows.parquet'), rows);
    await score(at('rows.parquet'), at('some.ndjson'), { columns: ['z'] });
    expect(Object.keys((await read(at('some.ndjson')))[1] as object)).toEqual([
      'z',
      'score',
      'label',
      'model',
      'version',
    ]);
    await score(at('rows.parquet'), at('all.parquet'), { withColumns: true });
    expect((await read(at('all.parquet')))[7]).toMatchObject({ x: 1, z: -1, score: 0.01, label: 'no' });
  });

  test('copies the lines of CSV as they stand', async () => {
    const at = files();
    await writeFile(at('rows.csv'), 'name;x\r\n"a ""b""\n; c";007\r\n\r\n  d ;1e1\r\nlast;');
    await score(at('rows.csv'), at('all.csv'), { withColumns: true });
    const [header, ...lines] = (await readFile(at('all.csv'), 'utf8')).split(/\n(?!;)/);
    expect(header).toBe('name;x;score;label;model;version');
    expect(lines).toEqual(['"a ""b""\n; c";007;0.07;no;stub;1', '  d ;1e1;0.1;no;stub;1', 'last;;0;no;stub;1', '']);
  });

  test('refuses all rows where one breaks the schema, naming it, and leaves nothing', async () => {
    const at = files();
    await writeFile(at('rows.csv'), textWith(7));
    const { problems } = await score(at('rows.csv'), at('out.csv'), { predictor: await trained }).catch(
      (error) => error,
    );
    expect(problems).toEqual([expect.objectContaining({ column: 'visits', rows: [7] })]);
    expect(readdirSync(at('')).filter((name) => name.startsWith('out'))).toEqual([]);
  });

  test('writes an error in place of the score of a row that breaks the schema, where that is asked for', async () => {
    const at = files();
    const options = { predictor: await trained, errors: 'rows' } as const;
    await writeFile(at('rows.csv'), textWith(7, 100, 107, 299));
    await writeFile(at('good.csv'), textWith());
    expect(await score(at('rows.csv'), at('out.csv'), options)).toMatchObject({ nRows: 300, nRefused: 4 });
    await score(at('good.csv'), at('all.csv'), options);
    const good = await read(at('all.csv'));
    for (const [i, { error, ...scored }] of (await read(at('out.csv'))).entries()) {
      if ([7, 100, 107, 299].includes(i)) expect(error).toMatch(/^visits must be an integer, got string$/);
      else expect({ ...scored, error: Number.NaN }).toEqual(good[i]);
      if (Number.isNaN(scored.score)) expect(scored).toMatchObject({ label: null, model: null, version: Number.NaN });
    }
    expect(await readFile(at('all.csv'), 'utf8')).toMatch(/^score,label,model,version,error\n/);
  });

  test('refuses columns that are not there, or named as the scores are', async () => {
    const at = files();
    await writeTable(
      at('rows.csv'),
      makeTable([...rows.columnNames().map((name) => [name, x] as const), ['score', x]]),
    );
    const code = (options: Partial<ScoreFileRequest>) =>
      score(at('rows.csv'), at('out.csv'), options).catch((error) => error.code);
    expect(await code({ columns: ['y'] })).toBe('COLUMN_MISSING');
    expect(await code({ withColumns: true })).toBe('COLUMN_INVALID');
    expect(await score(at('nothing.csv'), at('out.csv')).catch((error) => error.code)).toBe('FILE_NOT_FOUND');
  });
});

describe('a call that was ended half way', () => {
  /** Every piece is noted: a second passes each time somebody looks. */
  function impatientClock(): void {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  }

  /** Scores and is aborted after some pieces. */
  async function endedAfter(nPieces: number, data: string, out: string, options: Partial<ScoreFileRequest> = {}) {
    const abort = new AbortController();
    let nScored = 0;
    const counting = {
      ...predictor,
      current: predictor.current,
      predictTable(table: ColumnTable) {
        nScored += 1;
        if (nScored === nPieces) abort.abort();
        return predictor.predictTable(table);
      },
    };
    const request = { ...options, predictor: counting, data, out, signal: abort.signal };
    await expect(scoreFile(request)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(existsSync(out)).toBe(false);
  }

  test.each(['csv', 'parquet', 'ndjson', 'json'])('is gone on with: %s has the same bytes', async (to) => {
    const at = files();
    await writeParquet(at('rows.parquet'), rows, { rowGroupRows: 50 });
    const data = at('rows.parquet');
    await score(data, at(`whole.${to}`), { withColumns: true });
    impatientClock();
    const out = at(`out.${to}`);
    await endedAfter(4, data, out, { withColumns: true });
    await endedAfter(3, data, out, { withColumns: true, resume: true });
    const { nRows, nResumed } = await score(data, out, { withColumns: true, resume: true });
    expect([nRows, nResumed]).toEqual([500, 350]);
    expect(await readFile(out)).toEqual(await readFile(at(`whole.${to}`)));
    expect(readdirSync(at('')).sort()).toEqual([`out.${to}`, 'rows.parquet', `whole.${to}`]);
  });

  test('begins anew where the input, the model or an option is another, or it is not asked to go on', async () => {
    const at = files();
    await writeParquet(at('rows.parquet'), rows, { rowGroupRows: 50 });
    impatientClock();
    const [data, out] = [at('rows.parquet'), at('out.csv')];
    const others: Partial<ScoreFileRequest>[] = [
      { resume: false },
      { resume: true, columns: ['x'] },
      { resume: true, predictor: stubPredictor({ name: 'another' }) },
    ];
    for (const options of others) {
      await endedAfter(4, data, out);
      expect((await score(data, out, options)).nResumed).toBe(0);
      await rm(out);
    }
  });
});
