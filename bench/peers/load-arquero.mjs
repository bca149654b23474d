// arquero's own CSV reader in a process of its own, for bench/load.mjs.
import { readFileSync } from 'node:fs';
import { fromCSV } from 'arquero';

const table = fromCSV(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(`${table.numRows()}\n`);
