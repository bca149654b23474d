// The models that `tabwright serve` loads: each on its own, with a shadow behind it, or with a canary beside it.
import type { Command } from 'commander';
import type { Logger } from '../core/logger.js';
import { parseModelReference } from '../core/model-reference.js';
import type { Predictor } from '../core/predictor.js';
import type { Registry } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { canaryPredictor } from '../prediction/canary-predictor.js';
import { createPredictor } from '../prediction/create-predictor.js';
import { followAlias } from '../prediction/follow-alias.js';
import { shadowPredictor } from '../prediction/shadow-predictor.js';

/** The flags that say so. */
export interface ModelFlags {
  readonly model: readonly string[];
  readonly shadow?: readonly string[];
  readonly canary?: readonly string[];
  readonly follow?: string;
}

/** What is served, and how it goes along with aliases. */
export interface ServedByFlags {
  readonly predictors: Readonly<Record<string, Predictor>>;
  /** Follows every alias that a flag names, where asked for; resolves once the signal is aborted. */
  follow(signal: AbortSignal): Promise<void>;
}

interface Loaded {
  readonly reference: string;
  readonly predictor: Predictor;
}

const SHADOW = /^([^=]+)=([^=:]+)$/;
const CANARY = /^([^=]+)=([^=:]+):([\d.]+):(.+)$/;

/** Adds the flags. */
export function addModelFlags(command: Command): Command {
  return command
    .requiredOption('--model <reference>', 'name, name@alias or name/version; may be repeated', collect)
    .option('--follow <seconds>', 'ask this often where aliases point, and serve what they point at')
    .option(
      '--shadow <name=reference>',
      'score the rows of a model by another too, and compare; may be repeated',
      collect,
    )
    .option(
      '--canary <name=reference:share:column>',
      'let another answer a share of the keys in a column, such as a=a@next:0.1:customer; may be repeated',
      collect,
    );
}

/**
 * Loads what the flags name.
 * @throws OPTION_INVALID, NAME_INVALID, MODEL_NOT_FOUND, BUNDLE_INVALID, GOLDEN_MISMATCH
 */
export async function openModels(flags: ModelFlags, registry: Registry, logger: Logger): Promise<ServedByFlags> {
  const names = flags.model.map((reference) => parseModelReference(reference).name);
  const twice = names.find((name, position) => names.indexOf(name) < position);
  if (twice !== undefined) throw invalid(`model ${twice} is given twice; a path can serve one version`);
  const intervalMs = flags.follow === undefined ? undefined : intervalOf(flags.follow);
  const beside = [
    ...(flags.canary ?? []).map((text) => ({ kind: 'canary', text, parts: CANARY.exec(text) }) as const),
    ...(flags.shadow ?? []).map((text) => ({ kind: 'shadow', text, parts: SHADOW.exec(text) }) as const),
  ];
  const all: Loaded[] = await Promise.all(flags.model.map((reference) => load(registry, reference)));
  const served = new Map(all.map(({ predictor }, i) => [names[i] as string, predictor]));
  for (const { kind, text, parts } of beside) {
    const [, name = '', reference = '', share, key = ''] = parts ?? [];
    const primary = served.get(name);
    if (primary === undefined)
      throw invalid(`${kind} must name a served model, got ${JSON.stringify(text.slice(0, 60))}`);
    const other = await load(registry, reference);
    all.push(other);
    served.set(
      name,
      kind === 'shadow'
        ? shadowPredictor({ primary, shadow: other.predictor, name, logger })
        : canaryPredictor({ stable: primary, canary: other.predictor, name, share: Number(share), key, logger }),
    );
  }
  return {
    predictors: Object.fromEntries(served),
    async follow(signal) {
      const aliases = all.filter(({ reference }) => intervalMs !== undefined && !reference.includes('/'));
      await Promise.all(
        aliases.map(({ predictor, reference }) =>
          followAlias(predictor, { registry, reference, intervalMs, signal, logger }),
        ),
      );
    },
  };
}

async function load(registry: Registry, reference: string): Promise<Loaded> {
  return { reference, predictor: await createPredictor({ registry, model: reference }) };
}

function intervalOf(seconds: string): number {
  const interval = Math.round(Number(seconds) * 1000);
  if (interval >= 10) return interval;
  throw invalid(`follow must be a number of seconds, at least 0.01, got ${JSON.stringify(seconds.slice(0, 20))}`);
}

function invalid(rule: string): TabwrightError {
  return new TabwrightError('OPTION_INVALID', `serve: ${rule}`);
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
