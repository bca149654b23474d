// The one error class: recognised by `code`, never by instanceof, since two copies of a package may meet in one process.
import type { ErrorCode } from './error-codes.js';
import { ERROR_CODES } from './error-codes.js';
import type { Problem } from './problem.js';

/** What an error carries beside its message. */
export interface ErrorDetails {
  /** Every rule that was broken, where there can be several. */
  readonly problems?: readonly Problem[];
  /** What led to this error. */
  readonly cause?: unknown;
  /** Seconds after which it may be worth trying again, where that is known. */
  readonly retryAfterSeconds?: number | undefined;
}

/** An error with a code of {@link ERROR_CODES}; its message names the thing, the rule and the value's kind. */
export class TabwrightError extends Error {
  override readonly name = 'TabwrightError';
  readonly code: ErrorCode;
  /** HTTP status of the code. */
  readonly status: number;
  /** Process exit code of the code. */
  readonly exitCode: number;
  readonly problems: readonly Problem[];
  /** Whole seconds after which it may be worth trying again; HTTP answers carry it as `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.status = ERROR_CODES[code].status;
    this.exitCode = ERROR_CODES[code].exitCode;
    this.problems = details.problems ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
