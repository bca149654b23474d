// A million raw rows with strings and missing values through Spark (`setup-peers.sh soak` installs it; it needs Java): a model directory written
// here, in mlflow.pyfunc.spark_udf on local mode, gives the scores that it gives here.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readBundle } from '../../src/bundle/read-bundle.js';
import { rowScorer } from '../../src/bundle/row-scorer.js';
import { createRandom } from '../../src/core/random.js';
import { parseCsv } from '../../src/loaders/csv/parse-csv.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { createTrainer } from '../../src/training/create-trainer.js';

const N_ROWS = Number(process.env.TABWRIGHT_SPARK_ROWS ?? 1_000_000);
const PYTHON = join(import.meta.dirname, '../../.cache/peers/spark/bin/python');
const hasSpark = existsSync(PYTHON);
const FOLDER = mkdtempSync(join(tmpdir(), 'tabwright-spark-'));

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

interface Row {
  readonly age: number | null;
  readonly visits: number;
  readonly plan: string | null;
  readonly city: string | null;
}

function makeRows(): Row[] {
  const random = createRandom(5);
  const pick = (cells: readonly string[]): string | null => {
    return random.next() < 0.1 ? null : (cells[Math.floor(random.next() * cells.length)] as string);
  };
  return Array.from({ length: 1000 }, () => ({
    age: random.next() < 0.1 ? null : Math.round(20 + random.next() * 600) / 10,
    visits: Math.floor(random.next() * 20),
    plan: pick(['free', 'team', 'pro']),
    city: pick(['Ülm', 'Lyon', 'São Paulo', 'Oslo', '東京']),
  }));
}

describe.skipIf(!hasSpark)('mlflow.pyfunc.spark_udf', () => {
  test(`scores ${N_ROWS} raw rows as here`, async () => {
    const rows = makeRows();
    const lines = rows.map(({ age, visits, plan, city }) => {
      const bought = (plan === 'pro' ? 8 : 0) + visits + (age ?? 30) / 10 + (city === 'Oslo' ? 5 : 0) > 17;
      return [age ?? '', visits, plan ?? '', city ?? '', bought ? 'yes' : 'no'].join(',');
    });
    const data = parseCsv(new TextEncoder().encode(['age,visits,plan,city,bought', ...lines].join('\n')));
    const registry = memoryRegistry();
    const target = { column: 'bought', positive: 'yes' };
    await createTrainer({ registry }).train({ name: 'm', data, target, model: 'lightgbm', validation: { folds: 2 } });
    const files = await registry.read('m', 1);
    const { spec, pipeline, model } = readBundle(files);
    const score = rowScorer(spec, pipeline, model);
    const out = new Float64Array(1);
    const scores = rows.map((row) => {
      expect(score({ ...row }, out)).toBe(true);
      return out[0];
    });
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(FOLDER, 'model', path)), { recursive: true });
      writeFileSync(join(FOLDER, 'model', path), bytes);
    }
    writeFileSync(join(FOLDER, 'rows.json'), JSON.stringify(rows));
    writeFileSync(join(FOLDER, 'scores.json'), JSON.stringify(scores));

    const script = join(import.meta.dirname, 'spark_udf.py');
    const run = spawnSync(PYTHON, [script, FOLDER, String(N_ROWS)], { encoding: 'utf8', maxBuffer: 2 ** 28 });
    expect(run.status, run.stderr.slice(-3000)).toBe(0);
    const found = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
    console.log(
      `${found.rows} rows, ${Math.round(found.rows / found.seconds)} rows/s, largest difference ${found.worst}`,
    );
    expect(found.rows).toBe(N_ROWS);
    expect(found.worst).toBeLessThanOrEqual(1e-9);
    expect(found.labels).toEqual(['no', 'yes']);
  });
});
