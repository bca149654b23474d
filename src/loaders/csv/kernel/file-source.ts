import { readSync } from 'node:fs';
import { TabwrightError } from '../../../core/tabwright-error.js';
import type { ByteSource } from './text-window.js';

/** Reads an open file. @throws STORAGE_FAILED where it ends before the bytes asked for */
export function fileSource(fd: number): ByteSource {
  return (into, offset) => {
    let nRead = 0;
    while (nRead < into.length) {
      const n = readSync(fd, into, nRead, into.length - nRead, offset + nRead);
      if (n === 0) throw new TabwrightError('STORAGE_FAILED', 'csv: the file became shorter while it was read');
      nRead += n;
    }
  };
}
