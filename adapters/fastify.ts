// Mounts the route table in a Fastify 5 application: an encapsulated plugin with native routes.
import type { FastifyPluginCallback } from 'fastify';
import type { ServingOptions } from '../src/serving/serving-options.js';

export type { ServingOptions };

/** The plugin: `app.register(tabwright, { prefix: '/ml', predictors })`. */
export declare const tabwright: FastifyPluginCallback<ServingOptions>;
export default tabwright;
