// The Lambda adapter in Lambda's own Node runtime (aws-lambda-ric), against a server of the Runtime API.
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LambdaEvent, LambdaResult } from '../../adapters/lambda.js';
import { contractOptions } from '../adapters/contract-options.js';
import type { Received } from '../adapters/exchange.js';
import { exchange } from '../adapters/exchange.js';
import { EXCHANGES } from '../adapters/exchanges.js';
import { HOSTS } from '../adapters/hosts.js';
import { LAMBDA_EVENTS } from '../adapters/lambda-events.js';
import { serveLambda } from '../adapters/serve-lambda.js';
import type { Invocation, LambdaFunction } from './lambda-runtime-api.js';
import { noLambdaClient, startLambda } from './lambda-runtime-api.js';

const FOLDER = resolve('build/lambda-function');
const { fastify } = HOSTS;
/** Lambda takes events of up to 6 MB: the gateway refuses more. */
const sendable = EXCHANGES.filter(({ send }) => send.body === undefined || Buffer.byteLength(send.body) < 6_000_000);

const shown = ({ status, headers, text }: Received) => ({
  status,
  type: headers['content-type'],
  id: headers['x-request-id'],
  cache: headers['cache-control'],
  text,
});

async function answersOf(origin: string): Promise<unknown[]> {
  const answers = [];
  for (const { send } of sendable) {
    answers.push(shown(await exchange(origin, { ...send, path: `/ml${send.path}` })));
  }
  return answers;
}

function buffered({ body, isError }: Invocation): LambdaResult {
  if (isError) throw new Error(`the function failed: ${body}`);
  return JSON.parse(body.toString());
}

/** A streamed answer begins with its status and headers as JSON, and eight zero bytes. */
function streamed({ headers, body }: Invocation): LambdaResult {
  expect(headers['lambda-runtime-function-response-mode']).toBe('streaming');
  expect(headers['content-type']).toBe('application/vnd.awslambda.http-integration-response');
  const end = body.indexOf(Buffer.alloc(8));
  const prelude = JSON.parse(body.subarray(0, end).toString());
  return { ...prelude, body: body.subarray(end + 8).toString('base64'), isBase64Encoded: true };
}

describe.skipIf(noLambdaClient !== undefined)(
  `the Lambda runtime${noLambdaClient ? `: ${noLambdaClient}` : ''}`,
  () => {
    let expected: unknown[];
    let running: LambdaFunction | undefined;
    beforeAll(async () => {
      mkdirSync(FOLDER, { recursive: true });
      const banner = {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      };
      await build({
        entryPoints: ['test/peers/lambda-function.ts'],
        outfile: `${FOLDER}/app.mjs`,
        bundle: true,
        platform: 'node',
        format: 'esm',
        packages: 'external',
        banner,
        logLevel: 'error',
      });
      const host = await fastify(contractOptions(), '/ml');
      expected = await answersOf(host.origin);
      await host.close();
    });
    afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

    test.each(Object.entries(LAMBDA_EVENTS))(
      'answers %s with the bytes that Fastify sends',
      async (_source, toEvent) => {
        running = await startLambda(FOLDER, 'app.handler');
        const invoke = async (event: LambdaEvent) => buffered(await (running as LambdaFunction).invoke(event));
        const host = await serveLambda(invoke, toEvent);
        const answers = await answersOf(host.origin);
        await host.close();
        await running.close();
        expect(answers).toEqual(expected);
      },
    );

    test('streams the same bytes behind a function URL', async () => {
      running = await startLambda(FOLDER, 'app.stream');
      const invoke = async (event: LambdaEvent) => streamed(await (running as LambdaFunction).invoke(event));
      const host = await serveLambda(invoke, LAMBDA_EVENTS['function URL']);
      const answers = await answersOf(host.origin);
      await host.close();
      await running.close();
      expect(answers).toEqual(expected);
    });
  },
);
