// Calls that two models share: each answers its rows, and the stable one all of them where the other throws.
import type { Prediction, Predictor } from '../core/predictor.js';
import { answerApart } from './answer-apart.js';
import type { CanaryReport } from './canary-report.js';

/** Answers calls by two models. */
export interface SharedAnswers<Row> {
  /** One row's answer, by the canary where it is chosen. */
  one<Answer>(isChosen: boolean, answer: (predictor: Predictor<Row>) => Answer): Answer;
  /**
   * The answers to rows in their order.
   * @param isChosen says of each row whether it is the canary's
   * @param answer answers the rows at some positions, or all of them where it is given none
   */
  many(
    isChosen: readonly boolean[],
    answer: (predictor: Predictor<Row>, rows?: Uint32Array) => Prediction[],
  ): Prediction[];
}

/** Shares answers out, and reports who gave them. */
export function sharedAnswers<Row>(
  stable: Predictor<Row>,
  canary: Predictor<Row>,
  report: CanaryReport,
): SharedAnswers<Row> {
  /** What the canary has a part in; where it throws, what the stable model answers alone. */
  function orStable<Answer>(nRows: number, answer: () => Answer, alone: () => Answer): Answer {
    try {
      return answer();
    } catch (error) {
      // Rows that nobody can score are refused here, each by its position in the whole call.
      const answered = alone();
      report.fellBack(nRows, canary.current.version, error);
      return answered;
    }
  }

  return {
    one(isChosen, answer) {
      const by = (predictor: Predictor<Row>) => {
        const answered = answer(predictor);
        report.answered(isChosen ? 0 : 1, isChosen ? 1 : 0);
        return answered;
      };
      if (!isChosen) return by(stable);
      return orStable(
        1,
        () => by(canary),
        () => answer(stable),
      );
    },
    many(isChosen, answer) {
      const nChosen = isChosen.filter(Boolean).length;
      const counted = (answered: Prediction[]) => {
        report.answered(isChosen.length - nChosen, nChosen);
        return answered;
      };
      const alone = () => answer(stable);
      if (nChosen === 0) return counted(alone());
      const shared = () => counted(answerApart(isChosen, (side, rows) => answer(side ? canary : stable, rows)));
      return orStable(isChosen.length, shared, alone);
    },
  };
}
