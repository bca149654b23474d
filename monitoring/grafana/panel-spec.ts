/** A panel by what it asks of Prometheus and how it shows the answers. */
export interface PanelSpec {
  readonly title: string;
  /** Shown at the panel's corner: how to read it. */
  readonly description: string;
  readonly kind: 'lines' | 'stacked' | 'heatmap' | 'table' | 'stat';
  /** Of the values, by Grafana's id: s, short, reqps, percentunit, bytes. */
  readonly unit: string;
  /** Bounds of the axis where the values have some. */
  readonly min?: number;
  readonly max?: number;
  /** Of the 24 columns of a row; 8 where absent. */
  readonly width?: number;
  /** Expressions, with the legend of their series. */
  readonly queries: readonly (readonly [expression: string, legend: string])[];
}

/** Panels under a heading. */
export interface RowSpec {
  readonly title: string;
  readonly panels: readonly PanelSpec[];
}
