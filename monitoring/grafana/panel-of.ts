// A panel of Grafana from its specification.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Heatmap } from '@grafana/grafana-foundation-sdk/heatmap';
import { PromQueryFormat, DataqueryBuilder as Query } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import type { PanelSpec } from './panel-spec.js';

/** The data source that the dashboard's variable names. */
export const DATA_SOURCE = { type: 'prometheus', uid: '$datasource' };

const HEIGHT = 8;
const WIDTH = 8;
const REF_IDS = 'ABCDEFGH';

/** Makes the panel, with a number that no other panel of its dashboard has. */
export function panelOf(spec: PanelSpec, id: number): Builder<Panel> {
  const panel = kindOf(spec)
    .id(id)
    .title(spec.title)
    .description(spec.description)
    .datasource(DATA_SOURCE)
    .unit(spec.unit)
    .height(HEIGHT)
    .span(spec.width ?? WIDTH)
    .targets(spec.queries.map(([expression, legend], i) => query(spec, expression, legend).refId(REF_IDS.charAt(i))));
  if (spec.min !== undefined) panel.min(spec.min);
  if (spec.max !== undefined) panel.max(spec.max);
  return panel;
}

function kindOf({ kind }: PanelSpec): TimeSeries | Heatmap | Table | Stat {
  if (kind === 'heatmap') return new Heatmap();
  if (kind === 'table')
    return new Table().withTransformation({ id: 'organize', options: { excludeByName: { Time: true } } });
  if (kind === 'stat') return new Stat();
  const lines = new TimeSeries()
    .showPoints(common.VisibilityMode.Auto)
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi))
    .legend(new common.VizLegendOptionsBuilder().displayMode(common.LegendDisplayMode.List).showLegend(true));
  if (kind === 'lines') return lines.fillOpacity(0);
  return lines.fillOpacity(30).stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal));
}

function query({ kind }: PanelSpec, expression: string, legend: string): Query {
  const asked = new Query().datasource(DATA_SOURCE).expr(expression);
  if (kind === 'table') return asked.instant().format(PromQueryFormat.Table);
  if (kind === 'stat') return asked.instant().legendFormat(legend);
  if (kind === 'heatmap') return asked.range().format(PromQueryFormat.Heatmap).legendFormat(legend);
  return asked.range().legendFormat(legend);
}
