// Steps over categories as ONNX: a LabelEncoder from text to position, then a table of what each position becomes.
import type { Cell } from '../core/cell.js';
import type { CategoryColumn } from '../transforms/category-levels.js';
import { cellCode, levelCell, MISSING } from '../transforms/category-levels.js';
import type { JsonFields } from '../transforms/json-fields.js';
import { readCategoryColumn } from '../transforms/read-category-column.js';
import type { OnnxColumns, OnnxText } from './onnx-columns.js';
import { elementType, ML_DOMAIN } from './onnx-graph.js';
import type { OnnxSteps } from './onnx-step.js';
import { asNumbers, refusingStep, unsupportedStep, where } from './onnx-step.js';

export const ONNX_CATEGORY_STEPS: OnnxSteps = {
  ordinal,
  oneHot,
  frequencyEncode: (columns, step) => learnedNumbers('frequencyEncode', columns, step),
  targetEncode: (columns, step) => learnedNumbers('targetEncode', columns, step),
  rareCategories,
  missingIndicator,
};

/** Stands for every text that has no rule of its own. */
const ANY_OTHER = '\u0000 any other';

/** Numbers by position: those of the levels, then that of missing, then that of any other category. */
type ByPosition = readonly number[];

function ordinal(columns: OnnxColumns, step: JsonFields): void {
  if (step.choice('unknown', ['missing', 'error']) === 'error') throw refusingStep('ordinal');
  for (const of of step.columns('columns').map(readCategoryColumn)) {
    const numbers = [...of.levels.keys(), Number.NaN, Number.NaN];
    columns.setMatrix([of.name], looked(columns, positionOf(columns, of), numbers));
  }
}

function oneHot(columns: OnnxColumns, step: JsonFields, outputs: readonly string[]): void {
  const missing = step.choice('missing', ['category', 'ignore', 'error']);
  const unknown = step.choice('unknown', ['ignore', 'error', 'other']);
  if (missing === 'error' || unknown === 'error') throw refusingStep('oneHot');
  let at = 0;
  for (const column of step.columns('columns')) {
    const of = readCategoryColumn(column);
    const ownMissing = column.flag('ownMissing');
    const first = column.flag('dropFirst') ? 1 : 0;
    const nLevels = of.levels.length;
    const nOutputs = nLevels + Number(ownMissing) + Number(unknown === 'other') - first;
    const other = unknown === 'other' ? nOutputs - 1 : -1;
    const ofMissing = missing === 'ignore' ? -1 : ownMissing ? nLevels - first : other;
    const hot = [...of.levels.keys()].map((position) => position - first);
    const found = looked(columns, positionOf(columns, of), [...hot, ofMissing, other]);
    const names = outputs.slice(at, at + nOutputs);
    at += nOutputs;
    if (nOutputs === 0) continue;
    const isHot = columns.add('Equal', [found, columns.numbers([...names.keys()])]);
    columns.setMatrix(names, asNumbers(columns, isHot));
  }
}

function learnedNumbers(kind: string, columns: OnnxColumns, step: JsonFields): void {
  if (step.flag('refuseUnknown')) throw refusingStep(kind);
  for (const column of step.columns('columns')) {
    const position = positionOf(columns, readCategoryColumn(column));
    for (const output of column.columns('outputs')) {
      const numbers = [...output.limits('values'), output.limit('missing'), output.limit('unknown')];
      const table = numbers.map((number) => number ?? Number.NaN);
      columns.setMatrix([output.text('name')], looked(columns, position, table));
    }
  }
}

function rareCategories(columns: OnnxColumns, step: JsonFields): void {
  const label = step.text('label');
  for (const column of step.columns('columns')) {
    const [name, levels] = [column.text('name'), column.names('levels')];
    const text = columns.text(name);
    if (text === undefined) throw unsupportedStep('rareCategories', `column ${name} holds no strings`);
    const image = (each: string): string | null => {
      const found = text.image(each);
      return found === null || levels.includes(found) ? found : label;
    };
    columns.setText(name, { ...text, keys: [...new Set([...text.keys, ...levels])], image });
  }
}

function missingIndicator(columns: OnnxColumns, step: JsonFields, outputs: readonly string[]): void {
  for (const [i, name] of step.names('columns').entries()) {
    const text = columns.text(name);
    const found =
      text === undefined
        ? columns.add('IsNaN', [columns.matrix([name])])
        : encoded(columns, text, [], (cell) => Number(cell === null));
    columns.setMatrix([outputs[i] as string], asNumbers(columns, found));
  }
}

/** Whole numbers [N, 1]: the position of each row's category; after the levels stand missing and any other. */
function positionOf(columns: OnnxColumns, of: CategoryColumn): string {
  const text = columns.text(of.name);
  const nLevels = of.levels.length;
  if (text === undefined) return numberPosition(columns, of);
  const code = cellCode('onnx', of);
  return encoded(columns, text, of.levels, (cell) => {
    const found = code(cell);
    return found >= 0 ? found : found === MISSING ? nLevels : nLevels + 1;
  });
}

/** A whole number for each text. */
function encoded(
  columns: OnnxColumns,
  { tensor, keys, image }: OnnxText,
  levels: readonly string[],
  number: (cell: Cell) => number,
): string {
  const texts = [...new Set([...keys, ...levels])];
  return columns.add('LabelEncoder', [tensor], {
    domain: ML_DOMAIN,
    attributes: {
      keys_strings: texts,
      values_int64s: texts.map((each) => number(image(each))),
      default_int64: number(image(ANY_OTHER)),
    },
  });
}

/** Categories that are numbers: at most one level is equal to each. */
function numberPosition(columns: OnnxColumns, { name, type, levels }: CategoryColumn): string {
  const { add, numbers } = columns;
  const x = columns.matrix([name]);
  const [missing, other] = [levels.length, levels.length + 1];
  const cells = levels.map((level) => Number(levelCell(type, level)));
  const shifts = numbers(
    [...cells.keys()].map((position) => position - other),
    [cells.length, 1],
  );
  const found =
    cells.length === 0
      ? numbers([other])
      : add('Add', [add('MatMul', [asNumbers(columns, add('Equal', [x, numbers(cells)])), shifts]), numbers([other])]);
  const position = where(columns, add('IsNaN', [x]), numbers([missing]), found);
  return columns.add('Cast', [position], { attributes: { to: elementType('int64') } });
}

/** Float64 numbers [N, 1] by position. */
function looked(columns: OnnxColumns, position: string, numbers: ByPosition): string {
  return columns.add('Gather', [columns.numbers(numbers, [numbers.length]), position], { attributes: { axis: 0 } });
}
