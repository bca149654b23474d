import type { LoadControl } from '../../core/data-loader.js';
import { type OptionsInput, optionsTable } from '../../core/options-table.js';

/** How much a batch holds. */
export const batchOptions = optionsTable('csv.batches', {
  rows: {
    type: 'integer',
    default: undefined,
    min: 1,
    doc: 'Rows of a batch. As many as fit into bytes where absent.',
  },
  bytes: {
    type: 'integer',
    default: 8_388_608,
    min: 1,
    doc: 'About how many bytes of text a batch holds, unless rows is given.',
  },
});

/** How to read in batches: in `rows` rows each, or in about `bytes` bytes of text each. */
export interface BatchControl extends LoadControl, OptionsInput<typeof batchOptions> {}
