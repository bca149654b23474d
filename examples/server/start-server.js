// The library mounted on Fastify with everything on: predictions, profiles, trainings as jobs, the registry, monitoring, metrics.
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import fastify from 'fastify';
import { pino } from 'pino';
import * as client from 'prom-client';
import { closeProfileThreads, fileJobQueue, jobHandlers, REDACTED_PATHS } from 'tabwright';
import tabwright from 'tabwright/fastify';
import { prometheusMetrics } from 'tabwright/prometheus';
import { AnswerLog } from './answer-log.js';
import { awaitedPredictor } from './awaited-predictor.js';
import { deliverRuns } from './deliver-runs.js';
import { openModels } from './open-models.js';
import { modelName } from './settings.js';
import { watchModels } from './watch-models.js';

/** A profile does not wait for a long training. */
const JOBS_AT_A_TIME = 2;

/**
 * @param {import('./settings.js').Settings} settings
 * @returns {Promise<{ address: string, logger: import('pino').Logger, stop: () => Promise<void> }>} stop takes no more requests
 *   and ends when those under way are answered
 */
export async function startServer(settings) {
  const logger = pino({ level: settings.TABWRIGHT_LOG_LEVEL, redact: [...REDACTED_PATHS] });
  const ending = new AbortController();
  const measured = new client.Registry();
  client.collectDefaultMetrics({ register: measured });
  const metrics = prometheusMetrics({ client, registry: measured });
  const control = { intervalMs: settings.TABWRIGHT_FOLLOW_SECONDS * 1000, signal: ending.signal, logger, metrics };
  const { registry, trainer, tracker, mlflow } = openModels(settings, logger);
  const work = {
    trainer,
    tracker,
    recipes: await recipes(settings),
    artifacts: join(settings.TABWRIGHT_DATA, 'artifacts'),
  };
  const jobs = await fileJobQueue(join(settings.TABWRIGHT_DATA, 'jobs'), {
    handlers: jobHandlers(work),
    concurrency: JOBS_AT_A_TIME,
  });
  const predictors = Object.fromEntries(
    settings.TABWRIGHT_MODELS.map((model) => [modelName(model), awaitedPredictor(registry, model, control)]),
  );
  const watching = await watchModels(settings, { predictors, registry, tracker, logger, metrics });
  if (mlflow !== undefined) void deliverRuns(mlflow, control);

  const app = fastify({ loggerInstance: logger, logController: new AnswerLog(), forceCloseConnections: 'idle' });
  app.register(tabwright, {
    ...work,
    prefix: settings.TABWRIGHT_PREFIX,
    predictors,
    registry,
    jobs,
    logger,
    metrics,
    monitor: watching.monitoring,
    auth: settings.TABWRIGHT_API_KEYS ?? 'none',
    mlflow: true,
    openInference: true,
    isReady: () => !ending.signal.aborted && Object.values(predictors).every(({ isLoaded }) => isLoaded),
    rateLimitPerSecond: settings.TABWRIGHT_RATE_LIMIT_PER_SECOND,
    maxEventLoopDelayMs: settings.TABWRIGHT_MAX_EVENT_LOOP_DELAY_MS,
  });
  const address = await app.listen({ host: settings.TABWRIGHT_HOST, port: settings.TABWRIGHT_PORT });

  async function stop() {
    ending.abort();
    // Balancers see that the server is not ready before it takes no more connections.
    await wait(settings.TABWRIGHT_STOP_DELAY_SECONDS * 1000);
    await close(app);
    await jobs.close();
    await watching.close();
    await closeProfileThreads();
  }
  return { address, logger, stop };
}

/** Connections that are kept alive after their last answer would hold the server open. */
async function close(app) {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  await app.close();
  clearInterval(idle);
}

async function recipes({ TABWRIGHT_RECIPES = new URL('recipes.js', import.meta.url).pathname, TABWRIGHT_INPUT }) {
  const { default: make } = await import(pathToFileURL(resolve(TABWRIGHT_RECIPES)).href);
  return make({ input: resolve(TABWRIGHT_INPUT) });
}
