// Does the tasks of one thread of a profile, which keeps its columns between them.

import { fileSource } from '../loaders/csv/kernel/file-source.js';
import { PieceReader } from '../loaders/csv/kernel/piece-reader.js';
import type { AccumulatorSettings } from './accumulators/accumulator-settings.js';
import { BooleanAccumulator } from './accumulators/boolean-accumulator.js';
import type { ColumnAccumulator } from './accumulators/column-accumulator.js';
import { NumberAccumulator } from './accumulators/number-accumulator.js';
import { RowHashes } from './accumulators/row-hashes.js';
import { StringAccumulator } from './accumulators/string-accumulator.js';
import { AssociationPairs } from './associations/pair-associations.js';
import type { ColumnChunk } from './column-chunk.js';
import type { OpenedColumn, ProfileTask } from './profile-task.js';

/** A thread's side: answers tasks in turn. */
export class TaskPerformer {
  private accumulators: (ColumnAccumulator<ColumnChunk> | undefined)[] = [];
  private pairs: AssociationPairs | undefined;
  private readonly reader = new PieceReader();

  perform(task: ProfileTask): unknown {
    switch (task.kind) {
      case 'open':
        this.accumulators = task.columns.map((column) => accumulator(column, task.settings));
        return undefined;
      case 'add': {
        const hashes = new RowHashes(task.nRows);
        for (const [i, chunk] of task.chunks.entries()) {
          this.accumulators[task.positions[i] as number]?.add(chunk, hashes);
        }
        return { first: hashes.first, second: hashes.second };
      }
      case 'read':
        return this.reader.read(task.task, fileSource(task.task.fd));
      case 'finish': {
        const finished = this.accumulators[task.position]?.finish();
        this.accumulators[task.position] = undefined;
        return finished;
      }
      case 'sample':
        this.pairs = new AssociationPairs(task.sample);
        return undefined;
      case 'rank':
        return this.pairs?.rankColumn(task.column);
      case 'associate':
        return this.pairs?.row(task.first);
      case 'close':
        this.accumulators = [];
        this.pairs = undefined;
        return undefined;
    }
  }
}

/** Chunks of a column are all of the kind it was opened with. */
function accumulator({ index, kind }: OpenedColumn, settings: AccumulatorSettings): ColumnAccumulator<ColumnChunk> {
  const made =
    kind === 'string'
      ? new StringAccumulator(index, settings)
      : kind === 'boolean' || kind === 'other'
        ? new BooleanAccumulator(kind, index)
        : new NumberAccumulator(kind, index, settings);
  return made as ColumnAccumulator<ColumnChunk>;
}
