// The server's settings: variables of its environment, checked together at the start, so that one look names every mistake.
import { apiKeys, nearestName, parseApiKeys } from 'tabwright';
import { z } from 'zod';

const OURS = 'TABWRIGHT_';
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

const folder = z.string();
const url = z.url({ protocol: /^https?$/, error: 'must be an http: or https: URL' });
const whole = (min, max) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(message).int(message).min(min, message).max(max, message);
};
const reference = z.string().regex(/^[A-Za-z0-9][\w.-]*(@[\w.-]+|\/\d+)?$/, 'must be name, name@alias or name/version');
const references = z.string().transform((text) => text.split(',').map((word) => word.trim()));

const variables = z.object({
  TABWRIGHT_MODELS: references.pipe(z.array(reference).refine(haveNamesOfTheirOwn, 'must not name a model twice')),
  TABWRIGHT_API_KEYS: z.string().transform(authOfKeys).optional(),
  TABWRIGHT_AUTH: z.literal('none', 'must be none or absent').optional(),
  TABWRIGHT_HOST: z.string().default('127.0.0.1'),
  TABWRIGHT_PORT: whole(0, 65_535).default(8080),
  TABWRIGHT_PREFIX: z
    .string()
    .regex(/^(\/[\w.~-]+)+$/, 'must be a path such as /ml with no / at its end')
    .default(''),
  TABWRIGHT_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  TABWRIGHT_DATA: folder.default('./data'),
  TABWRIGHT_INPUT: folder.default('./input'),
  TABWRIGHT_RECIPES: folder.optional(),
  TABWRIGHT_REGISTRY: z.enum(['file', 'mlflow'], 'must be file or mlflow').optional(),
  TABWRIGHT_FOLLOW_SECONDS: whole(1, 86_400).default(10),
  TABWRIGHT_RATE_LIMIT_PER_SECOND: whole(1, 1_000_000).optional(),
  TABWRIGHT_MAX_EVENT_LOOP_DELAY_MS: whole(1, 60_000).optional(),
  TABWRIGHT_DRIFT_WEBHOOK_URL: url.optional(),
  TABWRIGHT_DRIFT_WEBHOOK_SECRET: z.string().optional(),
  TABWRIGHT_STOP_DELAY_SECONDS: whole(0, 300).default(0),
  TABWRIGHT_STOP_TIMEOUT_SECONDS: whole(1, 300).default(10),
  MLFLOW_TRACKING_URI: url.optional(),
});

/** The name in a reference: what paths call the model. */
export function modelName(reference) {
  return reference.replace(/[@/].*/, '');
}

/** @typedef {z.output<typeof variables>} Settings */

/**
 * Settings of an environment. Empty variables count as absent, as Compose hands on what is not set.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {{ settings: Settings } | { problems: string[] }} every problem in words that show no value
 */
export function readSettings(environment) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { data, error } = variables.safeParse(given, {
    error: ({ input }) => (input === undefined ? 'must be set' : undefined),
  });
  const problems = [
    ...unknownNames(Object.keys(given)),
    ...(error?.issues ?? []).map(({ path: [name], message }) => `${String(name)}: ${message}`),
    ...contradictions(given),
  ];
  return data === undefined || problems.length > 0 ? { problems } : { settings: data };
}

function haveNamesOfTheirOwn(all) {
  return new Set(all.map(modelName)).size === all.length;
}

/** Misspelt variables would be ignored without a word. */
function unknownNames(names) {
  const known = Object.keys(variables.shape);
  return names
    .filter((name) => name.startsWith(OURS) && !known.includes(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return `${name}: is no variable of this server${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
    });
}

function contradictions(given) {
  const problems = [];
  if ((given.TABWRIGHT_API_KEYS === undefined) === (given.TABWRIGHT_AUTH === undefined)) {
    problems.push('TABWRIGHT_API_KEYS: must be set, or else TABWRIGHT_AUTH=none');
  }
  if (given.TABWRIGHT_REGISTRY === 'mlflow' && given.MLFLOW_TRACKING_URI === undefined) {
    problems.push('MLFLOW_TRACKING_URI: must be set where TABWRIGHT_REGISTRY is mlflow');
  }
  return problems;
}

function authOfKeys(text, context) {
  try {
    return apiKeys(parseApiKeys(text, 'keys'));
  } catch (error) {
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
}
