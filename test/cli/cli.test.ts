// The built command line as a user runs it: streams, exit codes, and the same scores as every other door.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import express from 'express';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tabwright as expressRouter } from '../../adapters/express.js';
import { tabwright as fastifyPlugin } from '../../adapters/fastify.js';
import { formatCsv } from '../../src/loaders/csv/write-csv.js';
import { createPredictor } from '../../src/prediction/create-predictor.js';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { makeProspects } from '../training/prospects.js';

const CLI = resolve('dist/cli.js');
const row = { age: null, visits: 12, plan: 'pro', active: true };
let folder = '';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(...args: string[]): Promise<Run> {
  return new Promise((done) => {
    execFile(process.execPath, [CLI, ...args], { cwd: folder }, (error, out, err) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

const train = (...args: string[]) =>
  run('train', '--data', 'prospects.csv', '--target', 'converted', '--positive', 'yes', '--name', 'prospects', ...args);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabwright-cli-'));
  await writeFile(
    join(folder, 'prospects.csv'),
    formatCsv(makeProspects(300).select('age', 'visits', 'plan', 'active', 'converted')),
  );
  expect(await train('--model', 'logistic', '--folds', '3')).toMatchObject({ code: 0 });
  expect(await train('--model', 'constant', '--folds', '3')).toMatchObject({ code: 0 });
});

afterAll(() => rm(folder, { recursive: true }));

describe('tabwright', () => {
  it('trains, with metrics on stdout and words on stderr', async () => {
    const { code, out, err } = await train('--model', 'logistic', '--folds', '3', '--name', 'other', '--param', 'l2=2');
    expect(code).toBe(0);
    expect(out).toMatch(/^metric\s+mean\s+sd\nauc/);
    expect(err).toContain('Registered other/1 (champion)');
    expect(err).not.toContain('\u001b');
  });

  it('trains with --json: one line on stdout, nothing on stderr', async () => {
    const { out, err } = await train('--model', 'logistic', '--folds', '3', '--name', 'quiet', '--json');
    expect(err).toBe('');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      version: { name: 'quiet', version: 1 },
      model: { kind: 'logistic' },
      nRows: 300,
    });
  });

  it('gives the same bits from a script, the command, Fastify and Express', async () => {
    const registry = fileRegistry(join(folder, 'models'));
    const predictor = await createPredictor({ registry, model: 'prospects' });
    const expected = predictor.predictOne(row);
    const command = await run('predict', '--model', 'prospects', '--row', JSON.stringify(row));
    expect(JSON.parse(command.out)).toStrictEqual(expected);

    const app = fastify();
    app.register(fastifyPlugin, { predictors: { prospects: predictor } });
    const server = express()
      .use(expressRouter({ predictors: { prospects: predictor } }))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    try {
      for (const url of [await app.listen({ port: 0, host: '127.0.0.1' }), `http://127.0.0.1:${port}`]) {
        const response = await fetch(`${url}/predict`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(row),
        });
        expect(await response.json()).toStrictEqual({ id: expect.any(String), ...expected });
      }
    } finally {
      await app.close();
      server.close();
    }
  });

  it('scores a file to a file, the same as row by row', async () => {
    expect(
      await run('predict', '--model', 'prospects', '--data', 'prospects.csv', '--out', 'scores.csv'),
    ).toMatchObject({ code: 0, out: '' });
    const lines = (await readFile(join(folder, 'scores.csv'), 'utf8')).trimEnd().split('\n');
    const printed = (await run('predict', '--model', 'prospects', '--data', 'prospects.csv')).out.trimEnd().split('\n');
    expect(lines[0]).toBe('score,label,model,version');
    expect(lines.slice(1).map((line) => Number(line.split(',')[0]))).toEqual(
      printed.map((line) => JSON.parse(line).score),
    );
    expect(printed).toHaveLength(300);
  });

  it('evaluates a model on labelled rows', async () => {
    const { out } = await run('evaluate', '--model', 'prospects', '--data', 'prospects.csv', '--json');
    const { metrics, nRows, version } = JSON.parse(out);
    expect(nRows).toBe(300);
    expect(version.version).toBe(1);
    expect(metrics.auc).toBeGreaterThan(0.75);
  });

  it('promotes, shows the history, rolls back and deletes', async () => {
    expect((await run('models', 'promote', 'prospects', '2', '--reason', 'a test')).code).toBe(0);
    expect((await run('models', 'delete', 'prospects', '2')).code).toBe(5);
    expect(JSON.parse((await run('models', 'show', 'prospects', '--json')).out).version).toBe(2);
    expect((await run('models', 'history', 'prospects')).out).toContain('a test');
    expect((await run('models', 'rollback', 'prospects')).err).toContain('version 1');
    expect(JSON.parse((await run('models', 'list', 'prospects', '--json')).out)).toHaveLength(2);
    expect((await run('models', 'delete', 'prospects', '2')).code).toBe(0);
    expect((await run('models', 'rollback', 'prospects')).code).toBe(4);
  });

  it('goes back one more version with each rollback', async () => {
    for (const _ of [1, 2, 3]) await train('--model', 'constant', '--folds', '2', '--name', 'steps');
    for (const version of ['2', '3']) await run('models', 'promote', 'steps', version);
    expect((await run('models', 'rollback', 'steps')).err).toContain('version 2');
    expect((await run('models', 'rollback', 'steps')).err).toContain('version 1');
    expect((await run('models', 'rollback', 'steps')).code).toBe(4);
  });

  it('profiles a file as a page, and as JSON with no cell where redacted', async () => {
    const page = await run('profile', 'prospects.csv', '--target', 'converted', '--out', 'report.html');
    expect(page).toMatchObject({ code: 0, out: '' });
    const html = readFileSync(join(folder, 'report.html'), 'utf8');
    expect(html.startsWith('<!doctype html>') && html.includes('id="target"')).toBe(true);
    const json = await run('profile', 'prospects.csv', '--json', '--redact');
    expect(JSON.parse(json.out)).toMatchObject({
      format: 'tabwright.profile/1',
      isRedacted: true,
      sample: { head: [] },
    });
    expect(existsSync(join(folder, 'prospects.profile.html'))).toBe(false);
  });

  it('lays profiles of files side by side', async () => {
    const { err, code } = await run('profile', 'prospects.csv', '--compare', 'prospects.csv', '--out', 'both.html');
    expect({ err, code }).toEqual({ err: expect.stringContaining('0 of 5 columns changed'), code: 0 });
    expect(readFileSync(join(folder, 'both.html'), 'utf8').includes('What changed')).toBe(true);
  });

  it('prints features as TypeScript and as JSON', async () => {
    const source = await run('schema', 'prospects.csv', '--target', 'converted');
    expect(source.out).toContain('visits: z.int(),');
    expect(source.out).toContain('target: { column: "converted", task: "binary" }');
    expect(JSON.parse((await run('schema', 'prospects.csv', '--json')).out).fields).toHaveLength(5);
  });

  it('serves the routes it names until it is told to stop', async () => {
    const child = spawn(
      process.execPath,
      [CLI, 'serve', '--model', 'prospects', '--port', '0', '--log-level', 'error', '--no-openapi', '--prefix', '/ml'],
      { cwd: folder },
    );
    const exited = new Promise((done) => child.once('exit', done));
    let routes: string[] = [];
    try {
      const url = await new Promise<string>((done) => {
        child.stderr.on('data', (text) => {
          const found = /Listening on (\S+) \((.*)\)/.exec(String(text));
          if (found === null) return;
          routes = found[2]?.split(', ') ?? [];
          done(String(found[1]));
        });
      });
      const response = await fetch(`${url}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(row),
      });
      expect(await response.json()).toMatchObject({ label: expect.stringMatching(/yes|no/), version: 1 });
      expect((await fetch(`${url}/health`)).status).toBe(200);
      expect(routes).toContain('POST /ml/predict/:model');
      expect(routes).not.toContain('GET /ml/openapi.json');
    } finally {
      child.kill('SIGTERM');
    }
    expect(await exited).toBe(0);
  });

  it.each<[string, number, string, string[]]>([
    ['no command line that makes sense', 2, 'required option', ['train']],
    ['an unknown command', 2, 'unknown command', ['trian']],
    ['an unknown flag', 2, '--regstry', ['predict', '--model', 'x', '--regstry', 'y']],
    [
      'a value out of range',
      2,
      'OPTION_INVALID',
      [
        'train',
        '--data',
        'prospects.csv',
        '--target',
        'converted',
        '--name',
        'x',
        '--model',
        'logistic',
        '--folds',
        '1',
      ],
    ],
    [
      'an unknown parameter',
      2,
      'OPTION_UNKNOWN',
      [
        'train',
        '--data',
        'prospects.csv',
        '--target',
        'converted',
        '--name',
        'x',
        '--model',
        'logistic',
        '--param',
        'l22=1',
      ],
    ],
    [
      'a target that is not there',
      3,
      'COLUMN_MISSING',
      ['train', '--data', 'prospects.csv', '--target', 'nope', '--name', 'x', '--model', 'logistic'],
    ],
    ['a file that is not there', 4, 'nowhere.csv', ['schema', 'nowhere.csv']],
    ['a model that is not there', 4, 'MODEL_NOT_FOUND', ['predict', '--model', 'nobody', '--row', '{}']],
    [
      'a row that breaks the schema',
      3,
      'visits: is required',
      ['predict', '--model', 'prospects', '--row', '{"plan":"pro","active":true}'],
    ],
    ['a row that is no JSON', 2, 'REQUEST_INVALID', ['predict', '--model', 'prospects', '--row', '{']],
    [
      'both a row and a file',
      2,
      'either --data or --row',
      ['predict', '--model', 'prospects', '--row', '{}', '--data', 'prospects.csv'],
    ],
    ['a model named twice', 2, 'given twice', ['serve', '--model', 'prospects/1', '--model', 'prospects/2']],
    ['a prefix that is no path', 2, 'prefix', ['serve', '--model', 'prospects', '--prefix', 'ml/']],
    ['an address that is not ours', 7, 'LISTEN_FAILED', ['serve', '--model', 'prospects', '--host', '192.0.2.1']],
    ['a port that is no port', 2, 'port', ['serve', '--model', 'prospects', '--port', 'http']],
  ])('answers %s with exit code %i and one clear message', async (_, exitCode, words, args) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: exitCode, out: '' });
    expect(err).toContain(words);
    expect(err).not.toContain('    at ');
  });

  it('ends quietly when its reader has seen enough', () => {
    const command = `"${process.execPath}" "${CLI}" predict --model prospects --data prospects.csv | head -c 10`;
    const { stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
  });

  it('prints help and version on stdout', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run('train', '--help')).out).toContain('--folds <count>');
  });
});
