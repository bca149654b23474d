// The logger seam: pino's shape, so that a host's own pino instance fits with no adapter; the core itself logs nothing by default.

/** One log method: `logger.info({ rows: 3 }, 'scored')` or `logger.info('scored')`. */
export interface LogMethod {
  (fields: object, message?: string): void;
  (message: string): void;
}

/** The part of pino's interface that the library uses. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  /** A logger that adds these fields (such as `requestId`) to every line. */
  child(fields: Record<string, unknown>): Logger;
}

/** A logger that writes nothing. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
