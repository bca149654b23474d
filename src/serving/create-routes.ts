// The one list of routes that every adapter mounts.
import type { Route } from './route.js';
import type { ServingOptions } from './serving-options.js';

/**
 * The routes for these models, in the order to mount them.
 * @throws OPTION_INVALID, OPTION_UNKNOWN, NAME_INVALID
 */
export declare function createRoutes(options: ServingOptions): readonly Route[];
