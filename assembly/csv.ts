// The hot loops of reading CSV over raw addresses: what src/loaders does cell by cell in TypeScript, for the cells that most files
// hold. Each loop stops at a row or a cell that it does not know and says how far it came; TypeScript reads that one.
// Text has room for 16 bytes before and 64 after it. src/loaders/kernel-dialect.ts documents the layout of a dialect.
export { readBooleans } from './csv-booleans';
export { readDates } from './csv-dates';
export { mergeStrings, readStrings, spreadSlots } from './csv-dictionary';
export { readNumbers } from './csv-numbers';
export { readRows } from './csv-rows';
