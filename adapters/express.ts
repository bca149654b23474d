// Mounts the route table in an Express 5 application: a router with native routes.
import type { RequestHandler, Router } from 'express';
import type { ServingOptions } from '../src/serving/serving-options.js';

/** Serving options, and Express's router where the package cannot be found by its name. */
export interface ExpressOptions extends ServingOptions {
  readonly Router?: (() => Router) | undefined;
}

/** The router: `app.use('/ml', tabwright({ predictors }))`. */
export declare function tabwright(options: ExpressOptions): RequestHandler;
export default tabwright;
