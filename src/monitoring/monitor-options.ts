// What a monitor keeps in memory, what it logs and how often it looks.
import type { OptionsOf } from '../core/options-table.js';
import { optionsTable } from '../core/options-table.js';

/** Plain options of {@link monitor}. */
export const monitorOptions = optionsTable('monitor', {
  windowRows: {
    type: 'integer',
    default: 10_000,
    min: 10,
    max: 1_000_000,
    doc: 'Performance is that of the latest rows with a truth, so many at most; estimates are of as many latest predictions.',
  },
  maxRowsPerSecond: {
    type: 'integer',
    default: 2000,
    min: 1,
    doc: 'Rows a second of a model whose features are looked at for drift and missing cells, spread over the second; scores are of all rows.',
  },
  maxPending: {
    type: 'integer',
    default: 200_000,
    min: 1,
    max: 10_000_000,
    doc: 'Latest predictions of a model that are kept in memory by id until their truth comes; about 150 bytes each.',
  },
  maxWaiting: {
    type: 'integer',
    default: 10_000,
    min: 1,
    doc: 'Truths of a model that are kept until their prediction is known; the oldest are dropped past it.',
  },
  threshold: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    doc: 'Probability from which on a row counts as positive in accuracy, precision, recall and F1 of a binary task.',
  },
  segments: {
    type: 'list',
    default: [],
    doc: 'Columns by whose values performance is broken down; their values are in the log and in metrics.',
  },
  maxSegmentValues: {
    type: 'integer',
    default: 20,
    min: 1,
    max: 1000,
    doc: 'Values of a segment column that are told apart, the first that come; the others together are one.',
  },
  logRows: {
    type: 'boolean',
    default: false,
    doc: 'Whether the values of all features are logged; else only those of segment columns are.',
  },
  evaluateMs: {
    type: 'integer',
    default: 10_000,
    min: 100,
    doc: 'How often performance is computed for metrics, history and tracker, in milliseconds.',
  },
  trackMs: {
    type: 'integer',
    default: 60_000,
    min: 100,
    doc: 'How often performance is logged to the tracker, in milliseconds.',
  },
  experiment: {
    type: 'string',
    default: 'monitoring',
    doc: 'Experiment of the tracker that has a run for each model, from the start of the monitor to its end.',
  },
});

/** Monitor options with their defaults. */
export type ResolvedMonitorOptions = OptionsOf<typeof monitorOptions>;
