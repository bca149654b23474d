import type { Problem } from '../core/problem.js';
import { TabwrightError } from '../core/tabwright-error.js';
import { valueKind } from '../core/value-kind.js';
import type { WatchedModel } from './watched-model.js';

const MAX_ID_LENGTH = 200;
const ROWS_SHOWN = 5;

/** Checks truths as they came from outside. @throws VALIDATION_FAILED with every broken rule */
export function checkFeedback(watched: WatchedModel, truths: readonly unknown[]): void {
  const { task, classes } = watched;
  const truthRule = task === 'regression' ? 'must be a finite number' : `must be one of the ${classes.length} classes`;
  const problems: Problem[] = [];
  const check = (column: string, rule: string, isValid: (truth: Record<string, unknown>) => boolean): void => {
    const rows = truths.flatMap((truth, row) => (isObject(truth) && isValid(truth) ? [] : [row]));
    const [first] = rows;
    if (first === undefined) return;
    const found = truths[first];
    const kind = valueKind(isObject(found) ? found[column] : found);
    problems.push({ column, rule, kind, count: rows.length, rows: rows.slice(0, ROWS_SHOWN) });
  };
  check('id', `must be text of at most ${MAX_ID_LENGTH} characters`, ({ id }) => isId(id));
  check('truth', truthRule, ({ truth }) => watched.targetOf(truth) !== undefined);
  if (problems.length === 0) return;
  const words = problems.map(({ column, rule, kind, rows }) => `${column} ${rule}, got ${kind} (row ${rows[0]})`);
  throw new TabwrightError('VALIDATION_FAILED', `feedback: ${words.join('; ')}`, { problems });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && id.length > 0 && id.length <= MAX_ID_LENGTH;
}
