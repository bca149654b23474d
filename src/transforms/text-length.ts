// How many characters, words and lines texts have.
import type { OptionsInput } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';
import { resolveOptions } from '../core/resolve-options.js';
import type { Transformer } from '../core/transformer.js';
import { chosenNames } from './chosen-names.js';
import { fittedTextLength, TEXT_MEASURES } from './fitted-text-length.js';
import { checkTexts } from './fitted-text-map.js';
import { checkedAgainst } from './output-names.js';
import type { ColumnOption } from './select-columns.js';
import { checkColumnChoice, selectColumns } from './select-columns.js';

export const textLengthOptions = optionsTable('textLength', {
  measures: {
    type: 'list',
    default: ['characters', 'words'],
    doc: 'What to count: characters (code points), words (between spaces), lines.',
  },
  keep: { type: 'boolean', default: false, doc: 'Leaves the text in the table as well.' },
});

/** What to count. Columns by default: strings, and no others can be named. */
export type TextLengthOptions = ColumnOption & OptionsInput<typeof textLengthOptions>;

/**
 * Replaces each column of texts by columns `column characters`, `column words`, `column lines`; missing stays NaN.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function textLength(options: TextLengthOptions = {}): Transformer {
  const { columns, ...rest } = options;
  const { measures, keep } = resolveOptions(textLengthOptions, rest);
  const choice = checkColumnChoice('textLength', columns ?? 'categorical');
  const chosen = chosenNames('textLength', 'measures', measures, TEXT_MEASURES);
  return {
    kind: 'textLength',
    fit(table) {
      const selected = selectColumns(table, 'textLength', choice);
      for (const [name, column] of selected) checkTexts('textLength', name, column);
      return checkedAgainst(
        table,
        fittedTextLength({ measures: chosen, keep, columns: selected.map(([name]) => name) }),
      );
    },
  };
}
