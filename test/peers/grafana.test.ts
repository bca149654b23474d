// The dashboard that ships: of Grafana's own types, every expression one that Prometheus answers, over metrics that there are.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dashboard } from '../../monitoring/grafana/dashboard.js';
import {
  API_KEYS,
  removeFolder,
  type ServerProcess,
  startServer,
  trainChurn,
  until,
} from '../examples/server-process.js';
import { type ChildServer, childServer } from './child-server.js';
import { describeGiven } from './describe-given.js';

const FILE = 'monitoring/grafana/generated/tabwright.json';
const MADE = JSON.parse(readFileSync(FILE, 'utf8'));
const hasPrometheus = spawnSync('prometheus', ['--version']).status === 0;

test("the dashboard is one by @grafana/schema's types", () => {
  const folder = resolve('build/dashboard-types');
  mkdirSync(folder, { recursive: true });
  try {
    const literal = `import type { Dashboard } from '@grafana/schema';\nexport const made: Dashboard = ${readFileSync(FILE, 'utf8')};\n`;
    writeFileSync(join(folder, 'made.ts'), literal);
    const config = { extends: '../../tsconfig.json', include: ['made.ts'], exclude: [] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const { status, stdout } = spawnSync(process.execPath, [
      'node_modules/typescript/bin/tsc',
      '--noEmit',
      '-p',
      folder,
    ]);
    expect([status, String(stdout)]).toEqual([0, '']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the dashboard is what its program makes, with panels that have numbers and places of their own', () => {
  expect(MADE).toEqual(JSON.parse(JSON.stringify(dashboard())));
  const panels: { id: number; gridPos: object }[] = MADE.panels;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  expect(new Set(panels.map(({ gridPos }) => JSON.stringify(gridPos))).size).toBe(panels.length);
});

test('Grafana is told of the folder and the data source that Compose gives it', () => {
  const compose = readFileSync('docker-compose.yml', 'utf8');
  const provider = readFileSync('monitoring/grafana/provisioning/dashboards/dashboards.yml', 'utf8');
  const [, path] = /path: (\S+)/.exec(provider) ?? [];
  expect(compose).toContain(`./monitoring/grafana/generated:${path}:ro`);
  expect(readdirSync('monitoring/grafana/generated')).toEqual(['tabwright.json']);
  const source = readFileSync('monitoring/grafana/provisioning/datasources/prometheus.yml', 'utf8');
  expect(source).toContain('url: http://prometheus:9090');
});

describeGiven('the dashboard in Prometheus', { given: hasPrometheus || undefined, needs: 'prometheus' }, () => {
  let server: ServerProcess;
  let prometheus: ChildServer;

  beforeAll(async () => {
    server = await startServer({
      TABWRIGHT_MODELS: 'churn',
      TABWRIGHT_API_KEYS: API_KEYS,
      TABWRIGHT_FOLLOW_SECONDS: '1',
    });
    await trainChurn(server.origin, { model: 'logistic' });
    await until(async () => (await fetch(`${server.origin}/health`)).ok);
    const config = join(server.folder, 'prometheus.yml');
    writeFileSync(config, JSON.stringify({ rule_files: [resolve('monitoring/prometheus-rules.yml')] }));
    prometheus = await childServer((port) => [
      'prometheus',
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(server.folder, 'tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]);
  });
  afterAll(async () => {
    await prometheus?.stop();
    await server?.stop();
    removeFolder(server.folder);
  });

  const expressions = (MADE.panels as readonly { title: string; targets?: readonly { expr: string }[] }[]).flatMap(
    ({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })),
  );

  test.each(expressions)('$title: $expr is answered', async ({ expr }) => {
    const query = expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(job|model)/g, '.*');
    const url = `http://127.0.0.1:${prometheus.port}/api/v1/query?query=${encodeURIComponent(query)}`;
    expect(await (await fetch(url)).json()).toMatchObject({ status: 'success' });
  });

  test('asks for metrics that the server has, or that a rule records', async () => {
    const described = (text: string) => [...text.matchAll(/^# HELP (\S+)/gm)].map(([, name = '']) => name);
    const served = new Set(described(await (await fetch(`${server.origin}/metrics`)).text()));
    const recorded: string[] = readFileSync('monitoring/prometheus-rules.yml', 'utf8').match(/(?<=record: )\S+/g) ?? [];
    const asked = new Set(
      expressions.flatMap(({ expr }) => expr.match(/[a-z]+:\w+:\w+|\b(tabwright|process|nodejs)_\w+/g) ?? []),
    );
    const known = (name: string) =>
      served.has(name) || recorded.includes(name) || served.has(name.replace(/_(bucket|count|sum)$/, ''));
    expect([...asked].filter((name) => !known(name))).toEqual([]);
    expect(asked.size).toBeGreaterThan(20);
  });
});
