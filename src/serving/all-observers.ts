import type { PredictionObserver } from '../core/prediction-observer.js';

/** One observer that tells all that are given, in order; undefined where none is. */
export function allObservers(...given: readonly (PredictionObserver | undefined)[]): PredictionObserver | undefined {
  const observers = given.filter((observer) => observer !== undefined);
  if (observers.length < 2) return observers[0];
  return {
    predicted(...told) {
      for (const observer of observers) observer.predicted(...told);
    },
    predictedTable(...told) {
      for (const observer of observers) observer.predictedTable(...told);
    },
    refused(...told) {
      for (const observer of observers) observer.refused(...told);
    },
  };
}
