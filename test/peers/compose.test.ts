// The Compose file: read by Compose itself, and its services run side by side as it says.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY, API_KEYS, inputFolder, PREDICT_KEY, removeFolder } from '../examples/server-process.js';
import { ComposeStack, composeCommand, composeConfig } from './compose-stack.js';
import { describeGiven } from './describe-given.js';
import { hasMlflow } from './mlflow-server.js';

const PATIENCE_MS = 60_000;
const VARIABLES = { TABWRIGHT_MODELS: 'churn', TABWRIGHT_API_KEYS: API_KEYS, GRAFANA_PASSWORD: 'g'.repeat(20) };
const compose = composeCommand();

describeGiven('the Compose file', { given: compose, needs: 'docker compose' }, (command) => {
  test.each(Object.keys(VARIABLES))('has no default for %s', (name) => {
    expect(() => composeConfig(command, { ...VARIABLES, [name]: '' })).toThrow(
      new RegExp(`required variable ${name} is missing a value: set it in .env`),
    );
  });

  test('lets services start when those they need are healthy, each with a check', () => {
    const { services } = composeConfig(command, VARIABLES);
    const order = Object.entries(services).map(([name, { depends_on = {} }]) => [name, depends_on]);
    const healthy = { condition: 'service_healthy', required: true };
    expect(Object.fromEntries(order)).toEqual({
      mlflow: {},
      web: { mlflow: healthy },
      prometheus: { web: healthy },
      grafana: { prometheus: healthy },
    });
    // The image has that of web.
    const checked = Object.keys(services).filter((name) => services[name]?.healthcheck !== undefined);
    expect(checked).toEqual(['grafana', 'mlflow', 'prometheus']);
  });

  test('opens ports on this machine alone, and mounts files that there are', () => {
    const { services } = composeConfig(command, VARIABLES);
    for (const [name, { ports = [], volumes = [] }] of Object.entries(services)) {
      expect(
        ports.map(({ host_ip }) => host_ip),
        name,
      ).toEqual(['127.0.0.1']);
      const files = volumes.filter(({ type }) => type === 'bind').map(({ source }) => source);
      expect(files.filter((path) => path !== resolve('input') && !existsSync(path))).toEqual([]);
    }
    expect(services.web?.read_only).toBe(true);
  });
});

const canIsolate = spawnSync('unshare', ['--net', '--mount', 'true']).status === 0;
const hasPrometheus = spawnSync('prometheus', ['--version']).status === 0;
const given = canIsolate && hasMlflow && hasPrometheus ? compose : undefined;
const needs = 'docker compose, MLflow, prometheus, and the right to make a network';

describeGiven('the services of the Compose file', { given, needs }, (command) => {
  const folder = inputFolder();
  const { services } = composeConfig(command, VARIABLES);
  const { web = {}, mlflow = {}, prometheus = {} } = services;
  const stack = new ComposeStack(folder, Object.keys(services));

  beforeAll(async () => {
    await stack.open();
    await stack.start(mlflow, { command: [] });
    await stack.start(web, {
      command: ['node', 'examples/server/main.js'],
      environment: { TABWRIGHT_DATA: join(folder, 'web'), TABWRIGHT_INPUT: join(folder, 'input') },
      healthcheck: ['node', 'examples/server/health-check.js'],
    });
    await stack.start(prometheus, { command: ['prometheus'] });
  });
  afterAll(async () => {
    await stack.stop();
    removeFolder(folder);
  });

  const headers = (key: string) => ({ 'x-api-key': key, 'content-type': 'application/json' });
  const post = (url: string, body: unknown, key = ADMIN_KEY) =>
    stack.ask(url, { method: 'POST', headers: headers(key), body: JSON.stringify(body) });

  async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
    for (const limit = Date.now() + PATIENCE_MS; ; await wait(500)) {
      const answer = await ask();
      if (isSo(answer)) return answer;
      if (Date.now() > limit) throw new Error(`it did not come to be: ${JSON.stringify(answer)}\n${stack.output}`);
    }
  }

  test('MLflow takes the training as a run, and the model that the server then answers with', async () => {
    const params = { file: 'churn.csv', name: 'churn', target: 'churned', positive: 'yes', model: 'logistic' };
    const { id } = await post('http://web:8080/admin/train', { recipe: 'file', params });
    const job = await until(
      () => stack.ask(`http://web:8080/admin/jobs/${id}`, { headers: headers(ADMIN_KEY) }),
      ({ state }) => state !== 'running' && state !== 'waiting',
    );
    expect(job).toMatchObject({ state: 'done', result: { model: 'churn', version: 1, warnings: [] } });
    await until(
      () => stack.ask('http://web:8080/health'),
      ({ status }) => status === 'ok',
    );
    const answer = await post('http://web:8080/predict', { age: 31, plan: 'free', visits: 2 }, PREDICT_KEY);
    expect(answer).toMatchObject({ model: 'churn', version: 1 });

    const search = 'http://mlflow:5000/api/2.0/mlflow';
    const { experiment } = await stack.ask(`${search}/experiments/get-by-name?experiment_name=churn`);
    const { runs } = await post(`${search}/runs/search`, { experiment_ids: [experiment.experiment_id] });
    expect(runs).toHaveLength(1);
    expect(runs[0].info.status).toBe('FINISHED');
    const { registered_model } = await stack.ask(`${search}/registered-models/get?name=churn`);
    expect(registered_model.aliases).toEqual([{ alias: 'champion', version: '1' }]);
  });

  test('Prometheus scrapes the server, and has the rules', async () => {
    const query = (expression: string) =>
      stack.ask(`http://prometheus:9090/api/v1/query?query=${encodeURIComponent(expression)}`);
    const rows = await until(
      () => query('tabwright_predicted_rows_total{job="web", instance="web:8080", model="churn"}'),
      ({ data }) => data.result.length > 0,
    );
    expect(rows.data.result[0].value[1]).toBe('1');
    const { data } = await stack.ask('http://prometheus:9090/api/v1/rules');
    expect(data.groups.map(({ name }: { name: string }) => name)).toContain('tabwright_alerts');
  });
});
