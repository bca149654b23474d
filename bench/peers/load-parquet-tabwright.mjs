// Our Parquet loader in a process of its own, for bench/load-parquet.mjs: its bundle and the file are the arguments.
import { pathToFileURL } from 'node:url';

const { parquet } = await import(pathToFileURL(process.argv[2]).href);
const { data } = await parquet(process.argv[3]).load();
process.stdout.write(`${data.numRows()}\n`);
