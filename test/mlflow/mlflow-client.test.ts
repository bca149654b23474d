import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mlflowClient } from '../../src/mlflow/mlflow-client.js';
import { type FaultServer, faultServer, type Received, type Reply } from './fault-server.js';

const run = (id: string) => ({
  info: {
    run_id: id,
    experiment_id: '1',
    run_name: id,
    status: 'RUNNING',
    artifact_uri: `mlflow-artifacts:/1/${id}/artifacts`,
  },
  data: { params: [{ key: 'a', value: '1' }], metrics: [{ key: 'm', value: 'NaN', timestamp: '3', step: '0' }] },
});

describe('mlflowClient', () => {
  let server: FaultServer;
  let reply: (request: Received) => Reply;
  beforeEach(async () => {
    server = await faultServer((request) => reply(request));
  });
  afterEach(() => server.stop());
  const client = () => mlflowClient({ uri: server.uri, backoffMs: 1 });

  it('follows pages to their end', async () => {
    reply = ({ body }) => {
      const { page_token: token } = JSON.parse(body.toString());
      if (token === undefined) return { runs: [run('a')], next_page_token: 'two' };
      return token === 'two' ? { runs: [run('b')], next_page_token: 'three' } : { runs: [run('c')] };
    };
    const found = await client().runs.search({
      experimentIds: ['1'],
      filter: "params.a = '1'",
      orderBy: ['metrics.m'],
    });
    expect(found.map(({ runId }) => runId)).toEqual(['a', 'b', 'c']);
    expect(found[0]).toMatchObject({ params: { a: '1' }, metrics: { m: Number.NaN }, tags: {}, modelIds: [] });
    expect(JSON.parse(server.received[2]?.body.toString() ?? '')).toMatchObject({
      experiment_ids: ['1'],
      filter: "params.a = '1'",
      order_by: ['metrics.m'],
      page_token: 'three',
    });
  });

  it('finds nothing where the answer has no list', async () => {
    reply = () => ({});
    expect(await client().registeredModels.search()).toEqual([]);
    expect(await client().artifacts.list('mlflow-artifacts:/1/a')).toEqual([]);
  });

  it('makes a run once where the answer to its making is lost', async () => {
    const made: string[] = [];
    reply = ({ path, body }) => {
      if (path.endsWith('/runs/create')) return { run: run(String(made.push('run'))) };
      if (path.endsWith('/runs/search')) return { runs: made.map((_, i) => run(String(i + 1))) };
      throw new Error(`unexpected ${path} ${body}`);
    };
    server.faults.push('none', 'drop half way');
    const key = { tag: 'tabwright/record', value: 'r' };
    const found = await client().runs.ensure({ experimentId: '1', runName: 'n', startTimeMs: 1, tags: {}, key });
    expect([made.length, found.runId]).toEqual([1, '1']);
  });

  it('takes an experiment that somebody else made first, and refuses one in the bin', async () => {
    let known: object | undefined;
    const experiment = { experiment_id: '7', name: 'e', lifecycle_stage: 'active', creation_time: '1' };
    reply = ({ path }) => {
      if (path.endsWith('/create')) {
        known = experiment;
        return { raw: Buffer.from('{"error_code":"RESOURCE_ALREADY_EXISTS"}'), status: 400 };
      }
      const missing = { raw: Buffer.from('{"error_code":"RESOURCE_DOES_NOT_EXIST"}'), status: 404 };
      return known === undefined ? missing : { experiment: known };
    };
    expect(await client().experiments.ensure('e')).toMatchObject({ experimentId: '7' });
    known = { ...experiment, lifecycle_stage: 'deleted' };
    await expect(client().experiments.ensure('e')).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
  });

  it.each([{}, { run: {} }, { run: { info: { run_id: null } } }])('refuses the answer %j', async (answer) => {
    reply = () => answer;
    await expect(client().runs.get('a')).rejects.toThrow(/mlflow: the answer has no (run|info)/);
  });
});
