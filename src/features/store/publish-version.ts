// Makes a version visible: its rows and its record are staged, flushed, and published by one rename.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import { createFile, makeDirectory, syncDirectory } from '../../core/durable-files.js';
import { digestOf } from '../../core/file-digest.js';
import { publishDirectory } from '../../core/numbered-directories.js';
import { readStored } from '../../core/read-stored.js';
import { withStaging } from '../../core/staging.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { VERSION } from '../../core/version.js';
import { writeParquet } from '../../loaders/parquet/write-parquet.js';
import type { FeatureView } from '../view-types.js';
import { AS_OF, type FeatureVersion, writeRecord } from './feature-version.js';
import { schemaHash, viewDefinition } from './view-definition.js';
import { RECORD_FILE, ROWS_FILE, type ViewDirectory } from './view-directory.js';

/** A version to be. */
export interface NewVersion {
  readonly view: FeatureView;
  /** The rows that it adds. */
  readonly rows: ColumnTable;
  /** The number it comes after, and the parts that it carries over. */
  readonly previous: Pick<FeatureVersion, 'version' | 'parts'>;
  readonly facts: Pick<FeatureVersion, 'codeVersion' | 'entityType' | 'nRows' | 'nEntities' | 'watermark' | 'sources'>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Stores the version under the next number.
 * @throws VERSION_CONFLICT where another process took the number, STORAGE_FULL, STORAGE_FAILED, CANCELLED; nothing is visible then
 */
export async function publishVersion(
  directory: ViewDirectory,
  { view, rows, previous, facts, signal }: NewVersion,
): Promise<FeatureVersion> {
  const number = previous.version + 1;
  await makeDirectory(directory.versions);
  return withStaging(directory.root, async (stage) => {
    const staged = join(stage, 'version');
    const file = join(staged, ROWS_FILE);
    await makeDirectory(staged);
    await writeParquet(file, rows, {}, { signal });
    const digest = await digestOf(await readStored(file, () => readFile(file)));
    const version: FeatureVersion = {
      view: directory.name,
      version: number,
      createdAt: new Date().toISOString(),
      schemaHash: schemaHash(view),
      tabwright: VERSION,
      entity: view.entity,
      timestamp: AS_OF,
      ...facts,
      parts: [...previous.parts, { version: number, nRows: rows.numRows(), ...digest }],
      definition: viewDefinition(view),
    };
    await createFile(join(staged, RECORD_FILE), writeRecord(version));
    await syncDirectory(staged);
    if (await publishDirectory(staged, directory.version(number))) return version;
    const what = `${directory.name}/${number}`;
    throw new TabwrightError('VERSION_CONFLICT', `${what} was stored by another process meanwhile; build again`);
  });
}
