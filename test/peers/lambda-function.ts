// The module that the real Lambda runtime loads: one handler buffered, one streamed.
import { tabwright, tabwrightStream } from '../../adapters/lambda.js';
import type { ServingOptions } from '../../src/serving/serving-options.js';
import { contractOptions } from '../adapters/contract-options.js';

const options: ServingOptions & { basePath: string } = { basePath: '/ml', ...contractOptions() };

export const handler = tabwright(options);
export const stream = tabwrightStream(options);
