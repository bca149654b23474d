// The Python servers of the serving benchmark: how each is started, and how one row is asked of it.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { measureProcess } from '../harness/measure-process.mjs';
import { FEATURES, row } from './serving-row.mjs';

const PEERS = fileURLToPath(new URL('../../.cache/peers/', import.meta.url));
const HERE = fileURLToPath(new URL('.', import.meta.url));
const cells = row(1);
/** One row as its members, which FastAPI and BentoML take. */
export const ROW_BODY = JSON.stringify(cells);

/**
 * Servers whose environment is there, with what they serve laid out in the folder.
 * @param {string} folder has the model as `model.txt`
 * @returns {Promise<{ name: string, command(port: number): string[], env?: object, cwd?: string, path: string, body: string }[]>}
 */
export async function servingPeers(folder) {
  const peers = [...fastapi(folder), bentoml(folder), mlserver(folder), mlflow(folder)];
  const there = peers.filter(({ program }) => existsSync(program));
  for (const { prepare } of there) await prepare?.();
  return there;
}

function fastapi(folder) {
  const program = `${PEERS}serving/bin/python`;
  return ['numpy', 'pandas'].map((kind) => ({
    name: `FastAPI + ${kind}`,
    program,
    command: (port) => [program, `${HERE}serving_fastapi.py`, kind, String(port), `${folder}/model.txt`],
    path: '/predict',
    body: ROW_BODY,
  }));
}

function bentoml(folder) {
  const program = `${PEERS}serving/bin/bentoml`;
  return {
    name: 'BentoML',
    program,
    command: (port) => [program, 'serve', 'serving_bentoml:Scorer', '--host', '127.0.0.1', '--port', String(port)],
    env: { MODEL_FILE: `${folder}/model.txt`, BENTOML_DO_NOT_TRACK: 'True', BENTOML_HOME: `${folder}/bentoml` },
    cwd: HERE,
    path: '/predict',
    body: JSON.stringify({ row: cells }),
  };
}

function mlserver(folder) {
  const program = `${PEERS}mlserver/bin/mlserver`;
  const home = `${folder}/mlserver`;
  const values = FEATURES.map((name) => cells[name]);
  return {
    name: 'MLServer',
    program,
    async prepare() {
      await mkdir(home, { recursive: true });
      const implementation = 'mlserver_lightgbm.LightGBMModel';
      const model = { name: 'boosting', implementation, parameters: { uri: `${folder}/model.txt`, version: '1' } };
      await writeFile(`${home}/model-settings.json`, JSON.stringify(model));
    },
    command: () => [program, 'start', home],
    portEnvironment: (port) => ({
      MLSERVER_HOST: '127.0.0.1',
      MLSERVER_HTTP_PORT: String(port),
      MLSERVER_GRPC_PORT: String(port + 1),
      MLSERVER_METRICS_PORT: String(port + 2),
      MLSERVER_PARALLEL_WORKERS: '0',
      MLSERVER_DEBUG: 'false',
    }),
    path: '/v2/models/boosting/infer',
    body: JSON.stringify({ inputs: [{ name: 'rows', shape: [1, FEATURES.length], datatype: 'FP64', data: values }] }),
  };
}

function mlflow(folder) {
  const program = `${PEERS}mlflow/bin/mlflow`;
  const model = `${folder}/mlflow-model`;
  const flags = ['--env-manager', 'local', '--workers', '1', '--host', '127.0.0.1'];
  return {
    name: 'mlflow models serve',
    program,
    async prepare() {
      if (existsSync(model)) return;
      const python = `${PEERS}mlflow/bin/python`;
      await measureProcess(python, [`${HERE}serving_mlflow.py`, `${folder}/model.txt`, model]);
    },
    command: (port) => [program, 'models', 'serve', '-m', model, ...flags, '--port', String(port)],
    env: { PATH: `${PEERS}mlflow/bin:${process.env.PATH}`, MLFLOW_DISABLE_TELEMETRY: 'true' },
    path: '/invocations',
    body: JSON.stringify({
      dataframe_split: { columns: FEATURES, data: [FEATURES.map((name) => cells[name])] },
    }),
  };
}
