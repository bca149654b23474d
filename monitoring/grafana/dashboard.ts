// The dashboard of served models, from which `npm run generate` makes generated/tabwright.json.
import type { Dashboard, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { ANSWERS_ROW, DRIFT_ROW, INPUT_ROW, PERFORMANCE_ROW } from './model-rows.js';
import { DATA_SOURCE, panelOf } from './panel-of.js';
import { PROCESS_ROW, TRAFFIC_ROW } from './service-rows.js';

const ROWS = [TRAFFIC_ROW, INPUT_ROW, ANSWERS_ROW, DRIFT_ROW, PERFORMANCE_ROW, PROCESS_ROW];

/** Makes the dashboard. */
export function dashboard(): Dashboard {
  const built = new DashboardBuilder('Models in production')
    .uid('tabwright')
    .description('Served models: traffic, latency, input, answers, drift and performance.')
    .tags(['tabwright'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('10s')
    .time({ from: 'now-1h', to: 'now' })
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(choice('job', 'Service', 'label_values(tabwright_event_loop_delay_seconds, job)'))
    .withVariable(choice('model', 'Model', 'label_values(tabwright_model_info{job=~"$job"}, model)'));
  let id = 1;
  for (const { title, panels } of ROWS) {
    built.withRow(new RowBuilder(title).id(id++));
    for (const panel of panels) built.withPanel(panelOf(panel, id++));
  }
  const made = built.build();
  return { ...made, templating: { list: made.templating?.list?.map(ofAnyKind) ?? [] } };
}

/** A variable without what only those of intervals have, and the builders give to all. */
function ofAnyKind({ auto, auto_min, auto_count, ...variable }: VariableModel): VariableModel {
  return variable;
}

function choice(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATA_SOURCE)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: 'All', value: '$__all' });
}
