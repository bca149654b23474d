import { extentOf } from './extent-of.js';
import { formatCount, formatNumber } from './format-number.js';
import { scatterPlot } from './scatter-plot.js';

/**
 * Predicted against actual values of a regression, as SVG.
 * @param target Float64Array [nRows]
 * @param predictions Float64Array [nRows]
 */
export function predictedActualPlot(target: Float64Array, predictions: Float64Array, width = 400): string {
  const domain = extentOf([target, predictions]);
  const [low, high] = domain;
  return scatterPlot({
    title: 'Predicted and actual values',
    description: `Predicted against actual values of ${formatCount(target.length)} rows, from ${formatNumber(low)} to ${formatNumber(high)}.`,
    width,
    x: { label: 'Actual', domain, values: target },
    y: { label: 'Predicted', domain, values: predictions },
    guide: { label: 'Perfect', from: [-Infinity, -Infinity], to: [Infinity, Infinity] },
  });
}
