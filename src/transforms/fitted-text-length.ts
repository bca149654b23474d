// How long texts are: the applying half of text-length.ts.
import type { JsonObject } from '../core/json.js';
import type { FittedTransformer } from '../core/transformer.js';
import { fittedTextMap } from './fitted-text-map.js';
import { jsonFields } from './json-fields.js';

const MEASURES = {
  characters: (text: string): number => {
    let count = 0;
    for (const _ of text) count += 1;
    return count;
  },
  words: (text: string): number => text.match(/\S+/gu)?.length ?? 0,
  lines: (text: string): number => (text === '' ? 0 : text.split(/\r\n|\r|\n/).length),
} as const;

/** What can be counted in a text. */
export type TextMeasure = keyof typeof MEASURES;
export const TEXT_MEASURES = Object.keys(MEASURES) as readonly TextMeasure[];

/** What the step counts in which columns; it learns nothing else. */
export interface TextLengthState {
  readonly measures: readonly TextMeasure[];
  readonly keep: boolean;
  readonly columns: readonly string[];
}

/** Makes the fitted step. */
export function fittedTextLength({ measures, keep, columns }: TextLengthState): FittedTransformer {
  return fittedTextMap({
    json: { kind: 'textLength', measures, keep, columns },
    columns,
    keep,
    outputs: (column) => measures.map((measure) => `${column} ${measure}`),
    write(text, out) {
      measures.forEach((measure, i) => {
        out[i] = MEASURES[measure](text);
      });
    },
    missing: Number.NaN,
  });
}

/** @throws BUNDLE_INVALID */
export function readTextLength(json: JsonObject): FittedTransformer {
  const fields = jsonFields('textLength', json);
  return fittedTextLength({
    measures: fields.chosen('measures', TEXT_MEASURES),
    keep: fields.flag('keep'),
    columns: fields.names('columns'),
  });
}
