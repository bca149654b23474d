// The one list of routes that every adapter mounts.
import { silentLogger } from '../core/logger.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { allObservers } from './all-observers.js';
import { createChecks } from './auth/create-checks.js';
import { fastUuids } from './fast-uuids.js';
import { measuredTrainer } from './measured-trainer.js';
import type { ServingContext } from './mount-route.js';
import { mountRoute } from './mount-route.js';
import type { PredictContext } from './predict-context.js';
import type { Route, RouteDeclaration } from './route.js';
import type { AdminOptions } from './routes/admin.js';
import { adminRoutes } from './routes/admin.js';
import { docsPageRoute } from './routes/docs-page.js';
import { driftRoutes } from './routes/drift.js';
import { explainRoutes } from './routes/explain.js';
import { feedbackRoutes } from './routes/feedback.js';
import { healthRoutes } from './routes/health.js';
import { invocationsRoutes } from './routes/invocations.js';
import { metricsRoutes } from './routes/metrics.js';
import { mlflowWebhookRoute } from './routes/mlflow-webhook.js';
import { openInferenceRoutes } from './routes/open-inference.js';
import { openapiRoute } from './routes/openapi.js';
import { performanceRoutes } from './routes/performance.js';
import { predictRoutes } from './routes/predict.js';
import { predictBatchRoutes } from './routes/predict-batch.js';
import type { ServedModels } from './served-models.js';
import { modelSchemas, servedModels } from './served-models.js';
import { servingMetrics } from './serving-metrics.js';
import type { ServingOptions } from './serving-options.js';
import { servingOptions } from './serving-options.js';

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * The routes for these models, in the order to mount them: a path that is all words comes before one that takes a name.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID
 */
export function createRoutes(given: ServingOptions): readonly Route[] {
  const { predictors, logger, metrics, isReady, auth, authorize, generateRequestId, clock, ...rest } = given;
  const { observer, monitor, generatePredictionId, mlflowWebhook, ...others } = rest;
  const { trainer, recipes, registry, artifacts, tracker, sources, jobs, ...plain } = others;
  const options = resolveOptions(servingOptions, plain);
  if (!HEADER_NAME.test(options.requestIdHeader)) {
    throw new TabwrightError('OPTION_INVALID', 'serving: requestIdHeader must be the name of a header');
  }
  const models = servedModels(predictors, options.defaultModel);
  const checks = createChecks({ auth, authorize }, options, clock ?? (() => performance.now()));
  const context: ServingContext = {
    options,
    logger,
    metrics: servingMetrics(metrics, models.all),
    authorize: checks.authorize,
    generateRequestId: generateRequestId ?? fastUuids(),
    clock: clock ?? (() => performance.now()),
  };
  const timed = trainer === undefined ? undefined : measuredTrainer(trainer, context.metrics, context.clock);
  const admin: AdminOptions = { trainer: timed, recipes, registry, artifacts, tracker, sources, jobs };
  const predict: PredictContext = {
    models,
    options,
    metrics: context.metrics,
    observer: allObservers(observer, monitor),
    generatePredictionId: generatePredictionId ?? fastUuids(),
  };
  const all = [
    ...predictBatchRoutes(predict, { artifacts, tracker, logger: logger ?? silentLogger }),
    ...openRoutes(predict, isReady ?? (() => true)),
    ...metricsRoutes(metrics, options.metricsScope),
    ...(monitor === undefined ? [] : feedbackRoutes(monitor, models, options)),
    ...(monitor === undefined ? [] : performanceRoutes(monitor, models)),
    ...(monitor === undefined ? [] : driftRoutes(monitor, models)),
    ...(mlflowWebhook === undefined
      ? []
      : [mlflowWebhookRoute(mlflowWebhook, models, options.bodyLimitBytes, context.metrics)]),
    ...(checks.isAdminThere ? adminRoutes(admin, models, context) : []),
  ];
  const declared = checks.isAdminThere ? all : all.filter(({ scope }) => scope !== 'admin');
  const info = { title: options.title, schemes: checks.schemes };
  const routes = [...declared];
  if (options.openapi) routes.push(openapiRoute(routes, models, info));
  if (options.docs) routes.push(docsPageRoute(routes, models, info));
  return routes.map((route) => mountRoute(route, modelSchemas(answering(route, models)), context));
}

/** Routes that are there whoever calls. */
function openRoutes(context: PredictContext, isReady: () => boolean): RouteDeclaration[] {
  return [
    ...predictRoutes(context),
    ...explainRoutes(context),
    ...(context.options.health ? healthRoutes(context.models, isReady) : []),
    ...(context.options.mlflow ? invocationsRoutes(context, isReady) : []),
    ...(context.options.openInference ? openInferenceRoutes(context, isReady) : []),
  ];
}

/** The models that may answer a route. */
function answering(route: RouteDeclaration, models: ServedModels): ServedModels['all'] {
  if (route.model === 'named') return models.all;
  return route.model === 'default' && models.fallback !== undefined ? [models.fallback] : [];
}
