/** A value at the edges: one cell of a row object or of a table. Missing is null or undefined; NaN is missing in numeric columns. */
export type Cell = number | string | boolean | Date | null | undefined;

/** A row as plain data, by column name. */
export type RowData = Readonly<Record<string, Cell>>;

/** A class label as it stands in the data. */
export type Label = string | number | boolean;
