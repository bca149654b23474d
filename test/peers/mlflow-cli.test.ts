// The commands on a real MLflow server: registered models, and what waits to be sent.
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { mlflowCommand } from '../../src/cli/mlflow-command.js';
import { modelsCommand } from '../../src/cli/models-command.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { mlflowRegistry } from '../../src/mlflow/mlflow-registry.js';
import { mlflowTracker } from '../../src/mlflow/mlflow-tracker.js';
import { memoryRegistry } from '../../src/testing/memory-registry.js';
import { hasMlflow, useMlflow } from './mlflow-server.js';
import { trainProspects } from './mlflow-training.js';

describe.skipIf(!hasMlflow)('tabwright on an MLflow server', () => {
  const server = useMlflow();
  const { spool } = server;

  /** Runs a command. @returns what it printed as JSON, and what it said */
  async function run(command: (terminal: Terminal) => Command, ...args: string[]): Promise<[unknown, string[]]> {
    let printed: unknown;
    const said: string[] = [];
    const terminal: Terminal = {
      out: (text) => said.push(text),
      say: (text) => said.push(text),
      json: (value) => {
        printed = value;
      },
      progress: () => {},
    };
    await command(terminal).parseAsync(args, { from: 'user' });
    return [printed, said];
  }

  it('promotes, rolls back, tells the history and deletes', async () => {
    const place = ['--json', '--registry', `mlflow:${server.uri}`];
    const registry = mlflowRegistry({ uri: server.uri });
    for (let i = 0; i < 3; i++) await registry.put('adult', new Map([['model', new Uint8Array(1)]]));
    expect((await run(modelsCommand, 'promote', 'adult', '2', '--reason', 'better', ...place))[0]).toMatchObject({
      version: 2,
    });
    expect((await run(modelsCommand, 'rollback', 'adult', ...place))[0]).toMatchObject({
      version: 1,
      aliases: ['champion'],
    });
    expect((await run(modelsCommand, 'history', 'adult', ...place))[0]).toMatchObject([
      { from: null, to: 1, reason: 'first version' },
      { from: 1, to: 2, reason: 'better' },
      { from: 2, to: 1 },
    ]);
    await run(modelsCommand, 'delete', 'adult', '3', ...place);
    expect((await run(modelsCommand, 'list', 'adult', ...place))[0]).toMatchObject([{ version: 1 }, { version: 2 }]);
  });

  it('sends what waits, and says what it could not send', async () => {
    const down = { uri: 'http://127.0.0.1:9', retries: 0, spool };
    await trainProspects(memoryRegistry(), mlflowTracker(down), 'waiting');
    const sync = (terminal: Terminal) => mlflowCommand(terminal, new AbortController().signal);
    process.env.MLFLOW_HTTP_REQUEST_MAX_RETRIES = '0';
    await expect(run(sync, 'sync', '--uri', down.uri, '--spool', spool)).rejects.toMatchObject({
      code: 'SOURCE_FAILED',
      exitCode: 7,
    });
    process.env.MLFLOW_HTTP_REQUEST_MAX_RETRIES = '';
    const [result, said] = await run(sync, 'sync', '--uri', server.uri, '--spool', spool, '--json');
    expect(result).toMatchObject({ delivered: [expect.stringMatching(/^run-/)], failed: [], busy: [] });
    expect(said).toEqual([expect.stringMatching(/^Sent run-/)]);
    expect((await run(sync, 'sync', '--uri', server.uri, '--spool', spool, '--json'))[0]).toMatchObject({
      delivered: [],
    });
  });
});
