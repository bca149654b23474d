/** The types of columns that CSV has. */
export type ColumnType = 'number' | 'boolean' | 'date' | 'string';
