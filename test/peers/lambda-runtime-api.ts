// Lambda's Runtime API (2018-06-01): gives events to the real runtime interface client and takes what it answers.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';

const CLIENT = resolve('.cache/peers/lambda/node_modules/aws-lambda-ric/bin/index.mjs');

/** Why the client cannot run here; undefined where it can. */
export const noLambdaClient = existsSync(CLIENT) ? undefined : 'aws-lambda-ric is not built: scripts/setup-peers.sh';

/** What the client posted for an event. */
export interface Invocation {
  readonly headers: IncomingMessage['headers'];
  readonly isError: boolean;
  readonly body: Buffer;
}

/** A function in the real runtime. */
export interface LambdaFunction {
  invoke(event: unknown): Promise<Invocation>;
  close(): Promise<void>;
}

/** Starts `handler` ("app.handler") of the modules in `folder`. */
export async function startLambda(folder: string, handler: string): Promise<LambdaFunction> {
  const events: { readonly id: string; readonly event: string }[] = [];
  const waiting: ServerResponse[] = [];
  const answers = new Map<string, (invocation: Invocation) => void>();

  function giveNext(): void {
    while (events.length > 0 && waiting.length > 0) {
      const { id, event } = events.shift() as (typeof events)[number];
      const headers = {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': String(Date.now() + 60_000),
        'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:f',
        'lambda-runtime-trace-id': 'Root=1-x',
      };
      (waiting.shift() as ServerResponse).writeHead(200, headers).end(event);
    }
  }

  const server = createServer(async (request, response) => {
    const [, id = '', what] = /invocation\/([^/]+)\/(response|error)$/.exec(request.url ?? '') ?? [];
    if (request.url?.endsWith('/invocation/next')) {
      waiting.push(response);
      giveNext();
      return;
    }
    const body = await buffer(request);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    answers.get(id)?.({ headers: request.headers, isError: what !== 'response', body });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const child = run(folder, handler, (server.address() as AddressInfo).port);
  let made = 0;
  return {
    invoke: (event) =>
      new Promise((done) => {
        const id = `event-${++made}`;
        answers.set(id, done);
        events.push({ id, event: JSON.stringify(event) });
        giveNext();
      }),
    async close() {
      child.kill();
      await once(child, 'exit');
      server.closeAllConnections();
      server.close();
    },
  };
}

function run(folder: string, handler: string, port: number): ChildProcess {
  const env = {
    ...process.env,
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    LAMBDA_TASK_ROOT: folder,
    AWS_LAMBDA_FUNCTION_NAME: 'f',
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_LOG_GROUP_NAME: 'g',
    AWS_LAMBDA_LOG_STREAM_NAME: 's',
    AWS_REGION: 'eu-west-1',
  };
  return spawn(process.execPath, [CLIENT, handler], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
