// Fitted steps from the plain data stored with a model, which is untrusted; imports nothing heavy, since predicting goes through it.
import { isTabwrightError } from '../core/is-tabwright-error.js';
import type { JsonObject } from '../core/json.js';
import { TabwrightError } from '../core/tabwright-error.js';
import type { FittedTransformer, TransformerReader } from '../core/transformer.js';
import { readBin } from './fitted-bin.js';
import { boundsReader } from './fitted-bounds.js';
import { categoryNumbersReader } from './fitted-category-numbers.js';
import { readCyclical } from './fitted-cyclical.js';
import { readDateParts } from './fitted-date-parts.js';
import { dropColumnsReader } from './fitted-drop-columns.js';
import { readHashTokens } from './fitted-hash-tokens.js';
import { readHashingEncode } from './fitted-hashing-encode.js';
import { readImpute } from './fitted-impute.js';
import { readInteractions } from './fitted-interactions.js';
import { readLogTransform } from './fitted-log-transform.js';
import { readMinMaxScale } from './fitted-min-max-scale.js';
import { readMissingIndicator } from './fitted-missing-indicator.js';
import { readOneHot } from './fitted-one-hot.js';
import { readOrdinal } from './fitted-ordinal.js';
import { fittedPipeline } from './fitted-pipeline.js';
import { readPowerTransform } from './fitted-power-transform.js';
import { readQuantileTransform } from './fitted-quantile-transform.js';
import { readRareCategories } from './fitted-rare-categories.js';
import { readRatio } from './fitted-ratio.js';
import { readRecency } from './fitted-recency.js';
import { readRobustScale } from './fitted-robust-scale.js';
import { readStandardScale } from './fitted-standard-scale.js';
import { readTextLength } from './fitted-text-length.js';
import { jsonFields } from './json-fields.js';

const BUILT_IN: Readonly<Record<string, TransformerReader>> = {
  impute: readImpute,
  standardScale: readStandardScale,
  minMaxScale: readMinMaxScale,
  robustScale: readRobustScale,
  quantileTransform: readQuantileTransform,
  powerTransform: readPowerTransform,
  logTransform: readLogTransform,
  clip: boundsReader('clip'),
  winsorise: boundsReader('winsorise'),
  bin: readBin,
  frequencyEncode: categoryNumbersReader('frequencyEncode'),
  targetEncode: categoryNumbersReader('targetEncode'),
  hashingEncode: readHashingEncode,
  rareCategories: readRareCategories,
  textLength: readTextLength,
  hashTokens: readHashTokens,
  dateParts: readDateParts,
  cyclical: readCyclical,
  recency: readRecency,
  ratio: readRatio,
  interactions: readInteractions,
  missingIndicator: readMissingIndicator,
  keepColumns: dropColumnsReader('keepColumns'),
  dropColumns: dropColumnsReader('dropColumns'),
  oneHot: readOneHot,
  ordinal: readOrdinal,
};

/** Pipelines in pipelines past this are no pipelines that anybody wrote. */
const MAX_DEPTH = 16;

/**
 * Makes the step that {@link FittedTransformer.toJSON} described: the same bits in every output.
 * @param custom Readers of the user's own steps, by kind; those of the library come first
 * @throws BUNDLE_INVALID naming the field that is wrong
 * @throws MODEL_KIND_UNKNOWN for a kind that has no reader
 */
export function readTransformer(
  json: unknown,
  custom: Readonly<Record<string, TransformerReader>> = {},
): FittedTransformer {
  return readNested(json, custom, 0);
}

function readNested(
  json: unknown,
  custom: Readonly<Record<string, TransformerReader>>,
  depth: number,
): FittedTransformer {
  const fields = jsonFields('transformer', json);
  const kind = fields.text('kind');
  if (kind === 'pipeline') {
    if (depth === MAX_DEPTH) throw fields.invalid('steps', `nested at most ${MAX_DEPTH} deep`);
    const steps = fields.list('steps').map((step) => readNested(step, custom, depth + 1));
    return rebuilt(kind, () => fittedPipeline(steps));
  }
  const reader = [BUILT_IN, custom].find((readers) => Object.hasOwn(readers, kind))?.[kind];
  if (reader === undefined) {
    throw new TabwrightError(
      'MODEL_KIND_UNKNOWN',
      `no transformer of kind ${JSON.stringify(kind.slice(0, 40))} is known`,
    );
  }
  return rebuilt(kind, () => reader(json as JsonObject));
}

function rebuilt(kind: string, make: () => FittedTransformer): FittedTransformer {
  try {
    return make();
  } catch (cause) {
    if (isTabwrightError(cause) && cause.code === 'BUNDLE_INVALID') throw cause;
    throw new TabwrightError('BUNDLE_INVALID', `the stored ${kind} step does not fit together`, { cause });
  }
}
