// The part of the dashboard that a model needs: its input, its answers, its version, its drift and what it is worth.
import type { RowSpec } from './panel-spec.js';

const OF_MODEL = 'job=~"$job", model=~"$model"';

const rate = (metric: string, by: string) =>
  `sum by (${by}) (rate(tabwright_${metric}{${OF_MODEL}}[$__rate_interval]))`;

/** What is sent to the models. */
export const INPUT_ROW: RowSpec = {
  title: 'Input',
  panels: [
    {
      title: 'Validation failures by feature',
      description: 'Broken rules a second of rows that were refused, by column.',
      kind: 'stacked',
      unit: 'short',
      min: 0,
      queries: [[rate('validation_failures_total', 'model, column'), '{{model}} {{column}}']],
    },
    {
      title: 'Unknown categories',
      description: 'Rows a second that were refused as a value is none of the declared ones, by column.',
      kind: 'stacked',
      unit: 'short',
      min: 0,
      queries: [[rate('unknown_categories_total', 'model, column'), '{{model}} {{column}}']],
    },
    {
      title: 'Missing values',
      description: 'Share of the rows in which a column is missing.',
      kind: 'lines',
      unit: 'percentunit',
      min: 0,
      max: 1,
      queries: [
        [
          `${rate('missing_values_total', 'model, column')} / on (model) group_left () ${rate('monitored_rows_total', 'model')}`,
          '{{model}} {{column}}',
        ],
      ],
    },
  ],
};

/** What the models answer, and which versions they are. */
export const ANSWERS_ROW: RowSpec = {
  title: 'Answers',
  panels: [
    {
      title: 'Distribution of scores',
      description: 'Rows by score, for models whose scores are probabilities.',
      kind: 'heatmap',
      unit: 'short',
      width: 12,
      queries: [[`sum by (le) (increase(tabwright_prediction_score_bucket{${OF_MODEL}}[$__rate_interval]))`, '{{le}}']],
    },
    {
      title: 'Shares of labels',
      description: 'Share of the rows by the class that was predicted.',
      kind: 'stacked',
      unit: 'percentunit',
      min: 0,
      max: 1,
      width: 12,
      queries: [
        [
          `${rate('predicted_labels_total', 'model, label')} / on (model) group_left () ${rate('predicted_labels_total', 'model')}`,
          '{{model}} {{label}}',
        ],
      ],
    },
    {
      title: 'Versions',
      description: 'Which version of which registered model answers.',
      kind: 'table',
      unit: 'short',
      queries: [[`max by (model, name, version, alias) (tabwright_model_info{${OF_MODEL}})`, '']],
    },
    {
      title: 'Processes by version',
      description: 'How many processes answer with which version: a promotion moves them from one to the other.',
      kind: 'stacked',
      unit: 'short',
      min: 0,
      queries: [[`count by (model, version) (tabwright_model_info{${OF_MODEL}})`, '{{model}}/{{version}}']],
    },
    {
      title: 'Reloads',
      description: 'Attempts to load another version, by request and by following an alias.',
      kind: 'stacked',
      unit: 'short',
      min: 0,
      queries: [
        [
          `sum by (model, result) (increase(tabwright_model_reloads_total{${OF_MODEL}}[$__rate_interval]))`,
          '{{model}} {{result}}',
        ],
        [
          'sum by (reference, result) (increase(tabwright_alias_follows_total{job=~"$job"}[$__rate_interval]))',
          '{{reference}} {{result}}',
        ],
      ],
    },
  ],
};

/** How far the rows are from those of the training. */
export const DRIFT_ROW: RowSpec = {
  title: 'Drift',
  panels: [
    {
      title: 'Drift by feature',
      description: "Each column's drift by the measure that decides, against the rows of the training.",
      kind: 'lines',
      unit: 'short',
      min: 0,
      width: 12,
      queries: [
        [
          `max by (model, part, column, measure) (tabwright_drift_value{${OF_MODEL}})`,
          '{{model}} {{part}} {{column}} {{measure}}',
        ],
      ],
    },
    {
      title: 'Drifted now',
      description: 'Columns that have drifted, with 1; the others have 0.',
      kind: 'table',
      unit: 'short',
      width: 6,
      queries: [[`max by (model, part, column) (tabwright_drift_detected{${OF_MODEL}})`, '']],
    },
    {
      title: 'Share of drifted features',
      description: 'Share of the features that have drifted, and the rows of the window.',
      kind: 'stat',
      unit: 'percentunit',
      width: 6,
      queries: [[`max by (model) (tabwright_drift_ratio{${OF_MODEL}})`, '{{model}}']],
    },
  ],
};

/** What the models are worth. */
export const PERFORMANCE_ROW: RowSpec = {
  title: 'Performance',
  panels: [
    {
      title: 'Performance with labels',
      description: 'Metrics of the latest rows whose truth has come.',
      kind: 'lines',
      unit: 'short',
      width: 12,
      queries: [
        [`max by (model, metric) (tabwright_model_performance{${OF_MODEL}, column=""})`, '{{model}} {{metric}}'],
      ],
    },
    {
      title: 'Estimated performance',
      description: 'Metrics of the latest rows as their probabilities promise them, with no labels needed (CBPE).',
      kind: 'lines',
      unit: 'short',
      width: 12,
      queries: [
        [
          `max by (model, metric) (tabwright_model_performance_estimate{${OF_MODEL}})`,
          '{{model}} {{metric}} estimated',
        ],
      ],
    },
    {
      title: 'Performance by segment',
      description: 'Area under the ROC curve by the values of the segment columns.',
      kind: 'lines',
      unit: 'short',
      queries: [
        [
          `max by (model, column, segment) (tabwright_model_performance{${OF_MODEL}, column!="", metric="auc"})`,
          '{{model}} {{column}} {{segment}}',
        ],
      ],
    },
    {
      title: 'Labels',
      description: 'Truths a second by what became of them.',
      kind: 'stacked',
      unit: 'short',
      min: 0,
      queries: [[rate('feedback_total', 'model, result'), '{{model}} {{result}}']],
    },
    {
      title: 'Delay of labels',
      description: 'Time from a prediction to its truth: the median.',
      kind: 'lines',
      unit: 's',
      min: 0,
      queries: [
        [
          `histogram_quantile(0.5, sum by (model, le) (rate(tabwright_feedback_delay_seconds_bucket{${OF_MODEL}}[$__rate_interval])))`,
          '{{model}}',
        ],
      ],
    },
  ],
};
