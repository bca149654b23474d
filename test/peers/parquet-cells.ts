// Cells of our tables in the form that parquet_peers.py gives those of its readers.
import { isDeepStrictEqual } from 'node:util';
import type { ColumnTable } from 'arquero';
import { expect } from 'vitest';
import { readColumn } from '../../src/table/read-column.js';

/** A column as Python gives it. */
export interface PeerColumn {
  readonly name: string;
  readonly cells: readonly unknown[];
}

export function peerColumns(table: ColumnTable): PeerColumn[] {
  return table.columnNames().map((name) => ({ name, cells: Array.from(readColumn(table, name), plain) }));
}

/** Fails with the file's and the column's name, and the first cell that differs. */
export function expectColumns(file: string, found: readonly PeerColumn[], expected: readonly PeerColumn[]): void {
  expect([file, ...found.map(({ name }) => name)]).toEqual([file, ...expected.map(({ name }) => name)]);
  for (const [i, { name, cells }] of expected.entries()) {
    const own = found[i]?.cells ?? [];
    if (isDeepStrictEqual(own, cells)) continue;
    const row = cells.findIndex((cell, at) => !isDeepStrictEqual(cell, own[at]));
    expect([file, name, own.length, row, own[row]]).toEqual([file, name, cells.length, row, cells[row]]);
  }
}

function plain(cell: unknown): unknown {
  if (cell instanceof Date) return { ms: cell.getTime() };
  if (typeof cell !== 'number' || Number.isFinite(cell)) return cell;
  return Number.isNaN(cell) ? null : cell > 0 ? 'inf' : '-inf';
}
