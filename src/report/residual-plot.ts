import { extentOf } from './extent-of.js';
import { formatCount, formatNumber } from './format-number.js';
import { scatterPlot } from './scatter-plot.js';

/**
 * Residuals (actual less predicted) by predicted value of a regression, as SVG.
 * @param target Float64Array [nRows]
 * @param predictions Float64Array [nRows]
 */
export function residualPlot(target: Float64Array, predictions: Float64Array, width = 560): string {
  const residuals = target.map((actual, row) => actual - (predictions[row] as number));
  const domain = extentOf([residuals, [0]]);
  return scatterPlot({
    title: 'Residuals',
    description: `Actual less predicted values by predicted value of ${formatCount(target.length)} rows, from ${formatNumber(domain[0])} to ${formatNumber(domain[1])}.`,
    width,
    areaHeight: 260,
    x: { label: 'Predicted', domain: extentOf([predictions]), values: predictions },
    y: { label: 'Actual less predicted', domain, values: residuals },
    guide: { label: 'No error', from: [-Infinity, 0], to: [Infinity, 0] },
  });
}
