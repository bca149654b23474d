// Where an MLflow server is and how it is spoken to: options first, then MLflow's own environment variables, then its
// defaults.
import { type OptionsInput, optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** Options of every connection to an MLflow server. */
export const mlflowOptions = optionsTable('mlflow', {
  uri: {
    type: 'string',
    default: undefined,
    doc: 'Address of the server, such as http://127.0.0.1:5000; the environment variable MLFLOW_TRACKING_URI where absent.',
  },
  token: { type: 'string', default: undefined, doc: 'Bearer token; MLFLOW_TRACKING_TOKEN where absent.' },
  username: { type: 'string', default: undefined, doc: 'Name for basic auth; MLFLOW_TRACKING_USERNAME where absent.' },
  password: {
    type: 'string',
    default: undefined,
    doc: 'Password for basic auth; MLFLOW_TRACKING_PASSWORD where absent.',
  },
  retries: {
    type: 'integer',
    min: 0,
    max: 10,
    default: 7,
    doc: 'How often a request is tried again after a failure that may pass; MLFLOW_HTTP_REQUEST_MAX_RETRIES where absent.',
  },
  backoffMs: {
    type: 'integer',
    min: 0,
    max: 120_000,
    default: 2000,
    doc: 'Unit of the pauses between tries, which double up to two minutes; MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR (seconds) where absent.',
  },
  timeoutMs: {
    type: 'integer',
    min: 1,
    default: 120_000,
    doc: 'Most milliseconds without a byte of the answer; MLFLOW_HTTP_REQUEST_TIMEOUT (seconds) where absent.',
  },
  maxInFlight: {
    type: 'integer',
    min: 1,
    max: 64,
    default: 8,
    doc: 'Most requests to one server at a time, over all clients of the process; a stock server has 15 database connections.',
  },
  multipartBytes: {
    type: 'integer',
    min: 5_242_880,
    default: 104_857_600,
    doc: 'Files of this many bytes and more are uploaded in parts, straight to the store, where the server offers it.',
  },
});

/** What a caller may pass about a connection. */
export interface MlflowConnectionOptions extends OptionsInput<typeof mlflowOptions> {
  /** Aborting it ends every call of the client with CANCELLED. */
  readonly signal?: AbortSignal | undefined;
}

/** A checked connection. */
export interface MlflowConnection {
  /** Ends without a slash. */
  readonly baseUrl: string;
  /** Value of the authorization header. */
  readonly authorization: string | undefined;
  readonly retries: number;
  readonly backoffMs: number;
  readonly timeoutMs: number;
  readonly maxInFlight: number;
  readonly multipartBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** @throws OPTION_INVALID, OPTION_UNKNOWN */
export function resolveConnection(
  { signal, ...input }: MlflowConnectionOptions,
  environment: NodeJS.ProcessEnv = process.env,
): MlflowConnection {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const options = resolveOptions(mlflowOptions, { ...fromEnvironment(environment), ...given });
  const url = serverUrl(options.uri);
  return {
    ...options,
    baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    authorization: authorization({
      token: options.token,
      username: options.username ?? (decodeURIComponent(url.username) || undefined),
      password: options.password ?? (decodeURIComponent(url.password) || undefined),
    }),
    signal,
  };
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const text = (name: string): string | undefined => environment[name] || undefined;
  const times = (name: string, factor: number): number | undefined => {
    const value = text(name);
    return value === undefined ? undefined : Math.round(Number(value) * factor);
  };
  return {
    uri: text('MLFLOW_TRACKING_URI'),
    token: text('MLFLOW_TRACKING_TOKEN'),
    username: text('MLFLOW_TRACKING_USERNAME'),
    password: text('MLFLOW_TRACKING_PASSWORD'),
    retries: times('MLFLOW_HTTP_REQUEST_MAX_RETRIES', 1),
    backoffMs: times('MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR', 1000),
    timeoutMs: times('MLFLOW_HTTP_REQUEST_TIMEOUT', 1000),
  };
}

function serverUrl(uri: string | undefined): URL {
  if (uri === undefined) {
    throw new TabwrightError(
      'OPTION_INVALID',
      'mlflow: uri must be given, or the environment variable MLFLOW_TRACKING_URI',
    );
  }
  if (!URL.canParse(uri) || !/^https?:$/.test(new URL(uri).protocol)) {
    throw new TabwrightError('OPTION_INVALID', 'mlflow: uri must be an http or https URL');
  }
  return new URL(uri);
}

/** As MLflow's own client decides: name and password first, then the token. */
function authorization(
  from: Readonly<Record<'token' | 'username' | 'password', string | undefined>>,
): string | undefined {
  const { token, username, password } = from;
  if (username !== undefined && password !== undefined) {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
  return token === undefined ? undefined : `Bearer ${token}`;
}
