// Schemathesis, which makes requests from our OpenAPI document, valid ones and others: no failure of the server, and no answer that the
// document does not describe.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileRegistry } from '../../src/registry/file-registry.js';
import { makeTable } from '../../src/table/make-table.js';
import { createTrainer } from '../../src/training/create-trainer.js';
import type { RunningHost } from '../adapters/hosts.js';
import { HOSTS } from '../adapters/hosts.js';
import { diamond, penguin, prospect } from '../adapters/models.js';

const PROGRAM = resolve('.cache/peers/serving/bin/schemathesis');
const SECONDS = 60;
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
];

describe.skipIf(!existsSync(PROGRAM)).each(['fastify', 'express'] as const)(
  'schemathesis on %s (skipped: schemathesis is not installed)',
  (name) => {
    let folder = '';
    let host: RunningHost;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'schemathesis-'));
      const registry = fileRegistry(join(folder, 'models'));
      const trainer = createTrainer({ registry });
      const data = makeTable([
        ['x', Float64Array.from({ length: 40 }, (_, i) => i % 7)],
        ['y', Float64Array.from({ length: 40 }, (_, i) => i % 2)],
      ]);
      const demo = { name: 'demo', data, target: { column: 'y' }, model: 'constant' } as const;
      await trainer.train(demo);
      host = await HOSTS[name]({
        predictors: { prospect: prospect(), penguin: penguin(), diamond: diamond() },
        defaultModel: 'prospect',
        auth: 'none',
        mlflow: true,
        openInference: true,
        trainer,
        recipes: { constant: () => demo },
        artifacts: join(folder, 'artifacts'),
      });
    });
    afterAll(async () => {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('finds no failure of the server and no answer that the document does not describe', async () => {
      const { code, output } = await run([
        ...['run', `${host.origin}/openapi.json`],
        ...['--checks', CHECKS.join()],
        ...['--max-time', String(SECONDS)],
        ...['--request-timeout', String(SECONDS)],
        ...['--seed', '1', '--workers', '1', '--no-color', '--generation-database', 'none'],
        // The stream of events of a job that does not end would be waited for.
        ...['--exclude-operation-id', 'jobEvents'],
      ]);
      expect(code, output).toBe(0);
      expect(output).toMatch(/[1-9]\d+ generated, \d+ passed/);
    });
  },
);

function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(PROGRAM, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((done) => child.once('close', (code) => done({ code, output })));
}
