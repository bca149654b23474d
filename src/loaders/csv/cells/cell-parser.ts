/** Reads the value in bytes [start, end), which are not empty and have no spaces around them; NaN where it is none of its kind. */
export type CellParser = (bytes: Buffer, start: number, end: number) => number;
