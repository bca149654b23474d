import type { Logger as PinoLogger } from 'pino';
import { expectTypeOf, test } from 'vitest';
import type { Logger } from '../../src/core/logger.js';

test('a pino logger is a logger with no adapter', () => {
  expectTypeOf<PinoLogger>().toExtend<Logger>();
});
