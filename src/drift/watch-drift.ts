// A check of drift at fixed times, and an alert to a webhook when it begins and when it ends.
import { createHmac } from 'node:crypto';
import type { Logger } from '../core/logger.js';
import { silentLogger } from '../core/logger.js';
import type { OptionsInput, OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { ColumnDrift, DriftReport } from './drift-report.js';
import type { DriftSource } from './drift-source.js';

/** When to look, and whom to tell. */
export const watchDriftOptions = optionsTable('watchDrift', {
  intervalMs: { type: 'integer', min: 100, default: 60_000, doc: 'Time between two checks in milliseconds.' },
  minRows: { type: 'integer', min: 1, default: 500, doc: 'A window of fewer rows is not judged.' },
  url: {
    type: 'string',
    default: undefined,
    doc: 'Webhook that gets alerts as JSON by POST: https, or http to this machine; only `onAlert` is told where absent.',
  },
  secret: {
    type: 'string',
    default: undefined,
    doc: 'Signs alerts: the header `x-tabwright-signature` is `sha256=` and the HMAC of the body in hexadecimal digits.',
  },
  attempts: { type: 'integer', min: 1, max: 10, default: 4, doc: 'How often an alert is sent until it is taken.' },
  retryMs: {
    type: 'integer',
    min: 1,
    default: 1000,
    doc: 'Wait before the second attempt; each next one is twice as long.',
  },
  timeoutMs: { type: 'integer', min: 1, default: 5000, doc: 'An attempt that takes longer has failed.' },
});

/** What changed at a model. */
export interface DriftAlert {
  readonly format: 'tabwright.drift-alert/1';
  /** The name that paths call the model. */
  readonly model: string;
  readonly state: 'drifted' | 'recovered';
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly drifted: DriftReport['drifted'];
  readonly current: DriftReport['current'];
  /** The drifted columns, scores and labels among them, with the measure that says so. */
  readonly columns: readonly Pick<ColumnDrift, 'name' | 'measure' | 'value' | 'adjustedPValue' | 'threshold'>[];
}

/** What to watch. */
export interface WatchDriftInput extends OptionsInput<typeof watchDriftOptions> {
  readonly source: DriftSource;
  /** The names that paths call the models. */
  readonly models: readonly string[];
  /** Told of each alert before the webhook. */
  readonly onAlert?: ((alert: DriftAlert) => void) | undefined;
  readonly logger?: Logger | undefined;
}

/** Checks until it is closed. */
export interface DriftWatch {
  /** Checks all models now, and resolves once alerts are sent or given up. */
  check(): Promise<void>;
  close(): void;
}

/**
 * Starts to check; the process may end while it waits. A check that fails, or an alert that nobody takes, is logged as a warning.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function watchDrift({ source, models, onAlert, logger = silentLogger, ...given }: WatchDriftInput): DriftWatch {
  const options = resolveOptions(watchDriftOptions, given);
  if (options.url !== undefined) checkUrl(options.url);
  const drifted = new Set<string>();
  const checkModel = async (model: string): Promise<void> => {
    const report = await source.drift(model);
    if (report === undefined || report.current.nRows < options.minRows || report.isDrifted === drifted.has(model))
      return;
    if (report.isDrifted) drifted.add(model);
    else drifted.delete(model);
    const alert = alertOf(model, report);
    onAlert?.(alert);
    if (options.url !== undefined) await send(options.url, alert, options);
  };
  const check = async (): Promise<void> => {
    for (const model of models) {
      await checkModel(model).catch((error) =>
        logger.warn({ err: error, model }, 'watchDrift: a check or an alert failed'),
      );
    }
  };
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(check);
  }, options.intervalMs);
  timer.unref();
  return { check, close: () => clearInterval(timer) };
}

function alertOf(
  model: string,
  { isDrifted, drifted, current, columns, score, prediction, target }: DriftReport,
): DriftAlert {
  const all = [...columns, score, prediction, target].filter((column) => column?.isDrifted === true) as ColumnDrift[];
  return {
    format: 'tabwright.drift-alert/1',
    model,
    state: isDrifted ? 'drifted' : 'recovered',
    at: new Date().toISOString(),
    drifted,
    current,
    columns: all.map(({ name, measure, value, adjustedPValue, threshold }) => ({
      name,
      measure,
      value,
      adjustedPValue,
      threshold,
    })),
  };
}

/** Alerts say how a business is doing: they leave this machine encrypted, or not at all. */
function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) return;
  throw new TabwrightError('OPTION_INVALID', 'watchDrift: url must be https, or http to this machine');
}

/** @throws the last attempt's error */
async function send(
  url: string,
  alert: DriftAlert,
  { secret, attempts, retryMs, timeoutMs }: OptionsOf<typeof watchDriftOptions>,
): Promise<void> {
  const body = JSON.stringify(alert);
  const signature = secret === undefined ? {} : { 'x-tabwright-signature': signatureOf(body, secret) };
  const headers = { 'content-type': 'application/json', ...signature };
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return;
      throw new TabwrightError('SOURCE_FAILED', `watchDrift: the webhook answered ${answer.status}`);
    } catch (error) {
      if (attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs * 2 ** (attempt - 1)));
    }
  }
}

function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
