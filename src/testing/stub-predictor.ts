// A predictor for tests of what serves one: no registry, no model, a score by a function of the row.
import type { ColumnTable } from 'arquero';
import type { Cell, RowData } from '../core/cell.js';
import type { FeatureSpec, Field } from '../core/feature-spec.js';
import type { LivePredictor } from '../core/live-predictor.js';
import type { Prediction } from '../core/predictor.js';
import type { Problem } from '../core/problem.js';
import type { ModelVersion } from '../core/registry.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';

/** What the stub pretends to be. */
export interface StubPredictorOptions {
  /** `stub` where absent. */
  readonly name?: string;
  /** One numeric field `x` that may be missing, binary with classes no and yes, where absent. */
  readonly spec?: FeatureSpec;
  /** Score of a valid row, missing cells being null; 0.5 for every row where absent. */
  readonly score?: (row: RowData) => number;
}

const DEFAULT_SPEC: FeatureSpec = {
  fields: [{ name: 'x', type: 'number', nullable: true }],
  target: { column: 'y', task: 'binary', classes: ['no', 'yes'], positive: 'yes' },
};

/** A predictor that checks that cells are there and of their field's type, and no other rule. `explain` gives every feature a contribution of 0. `reload` counts the version up. */
export function stubPredictor({
  name = 'stub',
  spec = DEFAULT_SPEC,
  score = () => 0.5,
}: StubPredictorOptions = {}): LivePredictor {
  let current: ModelVersion = {
    name,
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    tags: {},
    aliases: ['champion'],
  };

  let previous: ModelVersion | undefined;

  function predictBatch(rows: readonly unknown[]): Prediction[] {
    const problems = rows.flatMap((row, position) => problemsOf(spec, row, position));
    if (problems.length > 0) throw new TabwrightError('VALIDATION_FAILED', 'rows: break the schema', { problems });
    return rows.map((row) => prediction(spec, current, score(cellsOf(spec, row as RowData))));
  }

  return {
    get current() {
      return current;
    },
    spec,
    predictOne: (row) => predictBatch([row])[0] as Prediction,
    explain(row, { top = spec.fields.length } = {}) {
      const prediction = predictBatch([row])[0] as Prediction;
      const contributions = spec.fields.slice(0, top).map(({ name }) => ({ feature: name, contribution: 0 }));
      return {
        ...prediction,
        explanation: { raw: prediction.score, base: prediction.score, contributions, others: 0 },
      };
    },
    predictBatch,
    predictTable: (table: ColumnTable) => predictBatch(table.objects()),
    get previous() {
      return previous;
    },
    async reload() {
      previous = current;
      current = { ...current, version: current.version + 1 };
      return current;
    },
    rollback() {
      if (previous === undefined)
        throw new TabwrightError('MODEL_NOT_FOUND', `${name} has served no version before this`);
      [current, previous] = [previous, current];
      return current;
    },
  };
}

function problemsOf(spec: FeatureSpec, row: unknown, position: number): Problem[] {
  const problem = (column: string, rule: string, value: unknown): Problem[] => [
    { column, rule, kind: valueKind(value), count: 1, rows: [position] },
  ];
  if (valueKind(row) !== 'object') return problem('', 'must be an object', row);
  return spec.fields.flatMap((field) => {
    const value = cell(row as RowData, field);
    if (value === null) return field.nullable ? [] : problem(field.name, 'is required', value);
    return typeof value === typeOf(field) ? [] : problem(field.name, `must be of type ${field.type}`, value);
  });
}

function cellsOf(spec: FeatureSpec, row: RowData): RowData {
  return Object.fromEntries(spec.fields.map((field) => [field.name, cell(row, field)]));
}

function cell(row: RowData, { name }: Field): Cell {
  const value = Object.hasOwn(row, name) ? row[name] : null;
  return value === undefined || Number.isNaN(value) ? null : (value ?? null);
}

function typeOf({ type }: Field): string {
  if (type === 'integer') return 'number';
  return type === 'datetime' ? 'string' : type;
}

function prediction({ target }: FeatureSpec, { name: model, version }: ModelVersion, score: number): Prediction {
  const classes = target?.classes ?? [];
  if (target?.task === 'regression') return { score, label: null, version, model };
  if (target?.task !== 'multiclass') return { score, label: classes[score >= 0.5 ? 1 : 0] ?? null, version, model };
  const rest = (1 - score) / (classes.length - 1);
  const probabilities = Object.fromEntries(classes.map((label, k) => [String(label), k === 0 ? score : rest]));
  return { score, label: classes[0] ?? null, probabilities, version, model };
}
