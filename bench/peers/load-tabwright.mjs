// Our CSV loader in a process of its own, for bench/load.mjs: its bundle and the file are the arguments.
import { pathToFileURL } from 'node:url';

const { csv } = await import(pathToFileURL(process.argv[2]).href);
const { data } = await csv(process.argv[3]).load();
process.stdout.write(`${data.numRows()}\n`);
