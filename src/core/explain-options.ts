import { optionsTable } from './options-table.js';

/** How much of an explanation to give. */
export const explainOptions = optionsTable('explain', {
  top: {
    type: 'integer',
    default: undefined,
    min: 0,
    doc: 'Most contributions to list, the largest first; all of them where absent.',
  },
});
