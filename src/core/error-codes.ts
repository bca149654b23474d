// Every error code of the library, with the HTTP status and the process exit code it maps to; docs/errors.md lists the same.

/** What a code means outside the process. */
export interface ErrorCodeEntry {
  /** HTTP status of a response that carries this error. */
  readonly status: number;
  /** Exit code of a command that ends with this error. */
  readonly exitCode: number;
  /** One sentence for the documentation. */
  readonly doc: string;
}

const table = {
  OPTION_INVALID: { status: 400, exitCode: 2, doc: 'An option has a value outside its allowed type or range.' },
  OPTION_UNKNOWN: {
    status: 400,
    exitCode: 2,
    doc: 'An option name is not known; the message suggests the nearest one.',
  },
  REQUEST_INVALID: { status: 400, exitCode: 2, doc: 'A request body or query is not of the documented form.' },
  MODEL_KIND_UNKNOWN: {
    status: 400,
    exitCode: 2,
    doc: 'No model or transformer of this kind is built in or was injected.',
  },
  NAME_INVALID: { status: 400, exitCode: 2, doc: 'A model, alias or tag name breaks the naming rules.' },
  UNAUTHORIZED: { status: 401, exitCode: 2, doc: 'The request carries no valid credentials.' },
  FORBIDDEN: { status: 403, exitCode: 2, doc: 'The credentials do not include the scope of the route.' },
  FILE_NOT_FOUND: { status: 404, exitCode: 4, doc: 'An input file does not exist or cannot be read.' },
  MODEL_NOT_FOUND: { status: 404, exitCode: 4, doc: 'The registry holds no such model, version or alias.' },
  FEATURES_NOT_FOUND: {
    status: 404,
    exitCode: 4,
    doc: 'The feature store holds no such view or version, or no features of the entity.',
  },
  FEATURES_EXPIRED: {
    status: 410,
    exitCode: 4,
    doc: "The features of an entity are older than the view's time to live.",
  },
  FEATURES_CHANGED: {
    status: 409,
    exitCode: 5,
    doc: 'A view, or the data of its past, is not what the stored features were made from.',
  },
  JOB_NOT_FOUND: { status: 404, exitCode: 4, doc: 'The queue holds no such job, or has dropped it since it ended.' },
  ROUTE_NOT_FOUND: { status: 404, exitCode: 4, doc: 'No route answers this method and path.' },
  SOURCE_REFUSED: {
    status: 403,
    exitCode: 2,
    doc: 'A URL, or one that it redirects to, has a scheme, host or address that may not be read.',
  },
  SOURCE_CHANGED: { status: 409, exitCode: 5, doc: 'A remote object was replaced while it was read.' },
  VERSION_CONFLICT: { status: 409, exitCode: 5, doc: 'A version exists already, or is still pointed at by an alias.' },
  LOG_BUSY: { status: 409, exitCode: 5, doc: 'Another process writes to the folder of a prediction log.' },
  JOBS_BUSY: { status: 409, exitCode: 5, doc: 'Another process works on the folder of jobs.' },
  BODY_TOO_LARGE: { status: 413, exitCode: 3, doc: 'A request body, or the rows in it, exceeds the configured limit.' },
  DATA_TOO_LARGE: {
    status: 413,
    exitCode: 3,
    doc: 'The data exceeds what this model or loader can hold; the message says the limit.',
  },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, exitCode: 2, doc: 'The content type of the body is not one the route reads.' },
  DATA_EMPTY: { status: 422, exitCode: 3, doc: 'A file or table has no rows, or no header.' },
  CSV_MALFORMED: { status: 422, exitCode: 3, doc: 'A CSV file has ragged rows, an unclosed quote or a broken header.' },
  PARQUET_MALFORMED: {
    status: 422,
    exitCode: 3,
    doc: 'A Parquet file is cut off, damaged, encrypted or not of the format.',
  },
  JSON_MALFORMED: {
    status: 422,
    exitCode: 3,
    doc: 'A JSON or NDJSON file does not parse, or does not hold rows.',
  },
  TEXT_ENCODING: { status: 422, exitCode: 3, doc: 'A text file is not valid UTF-8, or not in its declared encoding.' },
  COLUMN_MISSING: { status: 422, exitCode: 3, doc: 'A column that the schema or an option names is not in the table.' },
  COLUMN_INVALID: { status: 422, exitCode: 3, doc: 'A column has the wrong type, length or a duplicate name.' },
  SCHEMA_INVALID: {
    status: 422,
    exitCode: 3,
    doc: 'A feature schema uses a type or a check that features cannot have.',
  },
  VALIDATION_FAILED: {
    status: 422,
    exitCode: 3,
    doc: 'Rows break the schema; `problems` lists every column, rule, row and count.',
  },
  TARGET_INVALID: {
    status: 422,
    exitCode: 3,
    doc: 'The target is missing, has one class only, or does not fit the task.',
  },
  CATEGORY_UNKNOWN: {
    status: 422,
    exitCode: 3,
    doc: 'A category was not seen in training and the policy is to refuse it.',
  },
  VALUE_INVALID: { status: 422, exitCode: 3, doc: 'A value is not finite, or of a kind that the step cannot take.' },
  SPLIT_INVALID: { status: 422, exitCode: 3, doc: 'The rows, classes or groups are too few for the requested split.' },
  MODEL_FILE_UNSUPPORTED: {
    status: 422,
    exitCode: 3,
    doc: 'A model file is of a format, or uses a part of it, that cannot be read; the message says what to do instead.',
  },
  BUNDLE_INVALID: {
    status: 422,
    exitCode: 3,
    doc: 'A model directory, or a file of a feature store, is incomplete, cut off or altered.',
  },
  GOLDEN_MISMATCH: { status: 422, exitCode: 3, doc: 'A loaded model does not reproduce the scores stored with it.' },
  IDEMPOTENCY_CONFLICT: {
    status: 422,
    exitCode: 2,
    doc: 'The idempotency key was used for another request before.',
  },
  OVERLOADED: { status: 429, exitCode: 6, doc: 'A rate or concurrency limit was reached; retry later.' },
  CANCELLED: { status: 499, exitCode: 130, doc: 'The caller aborted the operation.' },
  INTERNAL: { status: 500, exitCode: 1, doc: 'An unexpected failure; the log has its cause.' },
  EXPLANATION_UNAVAILABLE: {
    status: 501,
    exitCode: 6,
    doc: 'The model is of a kind whose scores cannot be explained, or its file does not say how many rows its trees saw.',
  },
  FIT_FAILED: { status: 500, exitCode: 1, doc: 'A model could not be fitted to valid data.' },
  WORKER_FAILED: { status: 500, exitCode: 1, doc: 'A worker thread ended unexpectedly.' },
  SOURCE_FAILED: {
    status: 502,
    exitCode: 7,
    doc: 'A remote source or a database did not answer in time, answered with an error or broke off.',
  },
  PACKAGE_MISSING: {
    status: 501,
    exitCode: 6,
    doc: 'An optional package is not installed; the message names it and its versions.',
  },
  SERVER_BUSY: {
    status: 503,
    exitCode: 6,
    doc: 'The process is late with its work and takes no more for now; retry later.',
  },
  NOT_READY: { status: 503, exitCode: 6, doc: 'The server has no model loaded yet, or is shutting down.' },
  REGISTRY_BUSY: {
    status: 503,
    exitCode: 5,
    doc: 'Other processes kept changing the model for too long; retry later.',
  },
  LISTEN_FAILED: {
    status: 500,
    exitCode: 7,
    doc: 'A server could not listen on its address: the port is taken or the address is not this machine’s.',
  },
  STORAGE_FULL: { status: 507, exitCode: 7, doc: 'The disk has no space left; nothing was changed.' },
  STORAGE_FAILED: { status: 500, exitCode: 7, doc: 'A file or directory could not be written or read.' },
} as const satisfies Record<string, ErrorCodeEntry>;

/** The name of an error code. */
export type ErrorCode = keyof typeof table;

/** Codes by name; see `docs/errors.md`. */
export const ERROR_CODES: Readonly<Record<ErrorCode, ErrorCodeEntry>> = table;
