// Signed webhooks of MLflow's model registry, in the manner of https://www.standardwebhooks.com: HMAC-SHA256 over id,
// time and body.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type OptionsInput, optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';

/** Options of {@link verifyMlflowWebhook}. */
export const mlflowWebhookOptions = optionsTable('mlflowWebhook', {
  toleranceMs: {
    type: 'integer',
    min: 0,
    default: 300_000,
    doc: 'How far the time of a delivery may be from now, in milliseconds; older ones are replays.',
  },
});

/** What {@link verifyMlflowWebhook} may be told. */
export type MlflowWebhookOptions = OptionsInput<typeof mlflowWebhookOptions>;

/** Headers by lower-case name, as Node's `request.headers` has them, or a `Headers` object. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What happened in the registry. */
export interface MlflowWebhookEvent {
  /** The same for every try of one delivery: keep those you have seen to handle each once. */
  readonly deliveryId: string;
  /** `model_version_alias`, `model_version`, `registered_model` and so on. */
  readonly entity: string;
  /** `created`, `deleted`, `set`. */
  readonly action: string;
  /** For an alias: name, alias and, where it was set, version. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The event of a webhook request, after its signature and time were checked; compares in constant time.
 * @param body The body as it came, not parsed and written again.
 * @throws UNAUTHORIZED for a missing or wrong signature or a time out of tolerance, REQUEST_INVALID for a body that
 * is no event
 */
export function verifyMlflowWebhook(
  headers: WebhookHeaders,
  body: string | Uint8Array,
  secret: string,
  options?: MlflowWebhookOptions,
): MlflowWebhookEvent {
  const { toleranceMs } = resolveOptions(mlflowWebhookOptions, options);
  if (secret === '') throw new TabwrightError('OPTION_INVALID', 'mlflowWebhook: secret must not be empty');
  const deliveryId = headerOf(headers, 'x-mlflow-delivery-id');
  const timestamp = headerOf(headers, 'x-mlflow-timestamp');
  const given = headerOf(headers, 'x-mlflow-signature');
  const signature = createHmac('sha256', secret).update(`${deliveryId}.${timestamp}.`).update(body).digest();
  if (!isEqual(given, signature)) throw unauthorized('the signature is wrong');
  const sentMs = /^\d{1,12}$/.test(timestamp) ? 1000 * Number(timestamp) : Number.NaN;
  if (!(Math.abs(Date.now() - sentMs) <= toleranceMs))
    throw unauthorized(`it was not sent within ${toleranceMs} ms of now`);
  return { deliveryId, ...readEvent(body) };
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw unauthorized(`the header ${name} is missing`);
}

function isEqual(given: string, signature: Buffer): boolean {
  const [version, text = ''] = given.split(',', 2);
  const bytes = Buffer.from(text, 'base64');
  return version === 'v1' && bytes.length === signature.length && timingSafeEqual(bytes, signature);
}

function readEvent(body: string | Uint8Array): Omit<MlflowWebhookEvent, 'deliveryId'> {
  const refused = (cause?: unknown) =>
    new TabwrightError('REQUEST_INVALID', 'mlflowWebhook: the body is not an event of MLflow', { cause });
  let event: unknown;
  try {
    event = JSON.parse(typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw refused(cause);
  }
  if (typeof event !== 'object' || event === null) throw refused();
  const { entity, action, data } = event as Readonly<Record<string, unknown>>;
  if (typeof entity !== 'string' || typeof action !== 'string') throw refused();
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw refused();
  return { entity, action, data: data as Readonly<Record<string, unknown>> };
}

function unauthorized(rule: string): TabwrightError {
  return new TabwrightError('UNAUTHORIZED', `mlflowWebhook: the request was refused: ${rule}`);
}
