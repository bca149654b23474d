// The model card: what a person must know before using a model, in Markdown, from facts of the training alone.
import type { FeatureSpec, Field, Target } from '../core/feature-spec.js';
import type { JsonObject } from '../core/json.js';
import type { FoldMetric } from '../core/trainer.js';

/** The facts on a card. */
export interface CardFacts {
  readonly name: string;
  readonly spec: FeatureSpec & { readonly target: Target };
  readonly model: { readonly kind: string; readonly params: JsonObject };
  readonly metrics: Readonly<Record<string, FoldMetric>>;
  /** How the metrics were measured, in words. */
  readonly validation: string;
  readonly nRows: number;
  /** Share of each class in the data, in the order of the target's classes; empty for regression. */
  readonly classShares: readonly number[];
  readonly createdAt: string;
  /** Names of the plot files. */
  readonly plots: readonly string[];
  readonly plotFolder: string;
}

/** Renders the card. */
export function modelCard(facts: CardFacts): string {
  const { name, spec, model, nRows, createdAt } = facts;
  const { column, task } = spec.target;
  return [
    `# ${text(name)}`,
    '',
    `Predicts \`${code(column)}\` (${task}) with \`${code(model.kind)}\`, fitted on ${nRows.toLocaleString('en')} rows on ${createdAt.slice(0, 10)}.`,
    '',
    ...targetSection(facts),
    '## Quality',
    '',
    ...qualitySection(facts),
    '## Features',
    '',
    '| feature | type | may be missing | rule |',
    '|---|---|---|---|',
    ...spec.fields.map(
      (field) => `| ${text(field.name)} | ${field.type} | ${field.nullable ? 'yes' : 'no'} | ${text(rules(field))} |`,
    ),
    '',
    '## Parameters',
    '',
    '| parameter | value |',
    '|---|---|',
    ...Object.entries(model.params).map(([key, value]) => `| ${text(key)} | ${text(JSON.stringify(value) ?? '')} |`),
    '',
    ...plotSection(facts),
  ].join('\n');
}

function targetSection({ spec, classShares }: CardFacts): string[] {
  const { classes, positive } = spec.target;
  if (classes === undefined) return [];
  const rows = classes.map((label, position) => {
    const share = `${(100 * (classShares[position] ?? 0)).toFixed(1)}%`;
    return `| ${text(String(label))} | ${share} | ${label === positive ? 'yes' : ''} |`;
  });
  return ['| class | share of rows | positive |', '|---|---|---|', ...rows, ''];
}

function qualitySection({ metrics, validation }: CardFacts): string[] {
  const names = Object.keys(metrics);
  if (names.length === 0) return ['Not measured: the training asked for no validation.', ''];
  const rows = names.map((name) => {
    const metric = metrics[name] as FoldMetric;
    return `| ${text(name)} | ${number(metric.mean)} | ${metric.folds.length > 1 ? number(metric.sd) : ''} |`;
  });
  return [
    `Measured by ${text(validation)}, on rows the model had not seen.`,
    '',
    '| metric | mean | sd over folds |',
    '|---|---|---|',
    ...rows,
    '',
  ];
}

function plotSection({ plots, plotFolder }: CardFacts): string[] {
  if (plots.length === 0) return [];
  return ['## Plots', '', ...plots.map((name) => `![${name.replace(/\.svg$/, '')}](${plotFolder}${name})`), ''];
}

function rules(field: Field): string {
  const { levels, min, max, exclusiveMin, exclusiveMax } = field;
  if (levels !== undefined) return `one of ${levels.length} values`;
  const low = min === undefined ? (exclusiveMin === undefined ? '' : `> ${exclusiveMin}`) : `>= ${min}`;
  const high = max === undefined ? (exclusiveMax === undefined ? '' : `< ${exclusiveMax}`) : `<= ${max}`;
  return [low, high].filter((rule) => rule !== '').join(', ');
}

function number(value: number): string {
  return Number.isNaN(value) ? 'undefined' : String(Number(value.toPrecision(5)));
}

/** Names come from data: nothing in them may become Markdown, HTML or a new table cell. */
function text(value: string): string {
  return value.replaceAll(/[\\`*_{}[\]<>()#+!|~-]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

function code(value: string): string {
  return value.replaceAll('`', "'").replaceAll(/\s+/g, ' ');
}
