import type { Prediction } from '../core/predictor.js';

/**
 * The answers to rows that two models share, in the order of the rows.
 * @param isChosen says of each row which of the two answers it
 * @param answer is asked once for the rows of each, by their positions, where there are any
 */
export function answerApart(
  isChosen: readonly boolean[],
  answer: (isChosen: boolean, rows: Uint32Array) => readonly Prediction[],
): Prediction[] {
  const answers = new Array<Prediction>(isChosen.length);
  for (const side of [true, false]) {
    const rows = Uint32Array.from(isChosen.flatMap((own, row) => (own === side ? [row] : [])));
    if (rows.length === 0) continue;
    answer(side, rows).forEach((prediction, i) => {
      answers[rows[i] as number] = prediction;
    });
  }
  return answers;
}
