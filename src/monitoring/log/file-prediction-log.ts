// The prediction log in a folder: appended lines in segments, flushed in groups, compacted to Parquet, kept for a time.
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DAY_MS } from '../../core/day-ms.js';
import type { Logger } from '../../core/logger.js';
import { silentLogger } from '../../core/logger.js';
import type { OptionsInput, OptionsOf } from '../../core/options-table.js';
import { optionsTable } from '../../core/options-table.js';
import { resolveOptions } from '../../core/resolve-options.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import { takeFolder } from '../../core/take-folder.js';
import { GroupCommit } from './group-commit.js';
import { LineGroup } from './line-group.js';
import type { LogCounts, LogRecord, PredictionLog } from './prediction-log.js';
import { segmentRecords } from './read-segment.js';
import type { SegmentFile } from './segment-files.js';
import { compactedPath, listSegments, retainSegments, segmentName, sweepSegments } from './segment-files.js';
import { SegmentWriter } from './segment-writer.js';

const LEAST_GROUP_BYTES = 65_536;
/** How long to wait for a calmer moment. */
const CALM_MS = 5000;

/** Plain options of the log in a folder. */
export const filePredictionLogOptions = optionsTable('filePredictionLog', {
  flushMs: {
    type: 'integer',
    default: 100,
    min: 1,
    max: 60_000,
    doc: 'How long records wait for others before they are written together, in milliseconds: what the end of a process may lose.',
  },
  syncMs: {
    type: 'integer',
    default: 1000,
    min: 0,
    doc: 'How often what is written is flushed to the disk, in milliseconds: what a power cut may lose beside; 0 flushes every group.',
  },
  maxPending: {
    type: 'integer',
    default: 100_000,
    min: 1,
    doc: 'Most records in memory; more are dropped and counted.',
  },
  retryMs: {
    type: 'integer',
    default: 1000,
    min: 1,
    doc: 'How long to wait after a write that failed, in milliseconds.',
  },
  segmentBytes: {
    type: 'integer',
    default: 16_777_216,
    min: 1,
    doc: 'A file of lines that has so many bytes is closed and compacted to Parquet.',
  },
  segmentMs: {
    type: 'integer',
    default: 3_600_000,
    min: 1,
    doc: 'A file of lines that is so old, in milliseconds, is closed with the next group, and compacted.',
  },
  compactBelow: {
    type: 'number',
    default: 0.5,
    exclusiveMin: 0,
    max: 1,
    doc: 'Files are compacted while the event loop is busy for at most this share of the time; else later.',
  },
  retentionDays: {
    type: 'number',
    default: 30,
    exclusiveMin: 0,
    doc: 'Files whose records are all older are removed.',
  },
  retentionBytes: {
    type: 'integer',
    default: 1_073_741_824,
    min: 1,
    doc: 'The oldest files are removed while closed files take more bytes than this.',
  },
});

/** What {@link filePredictionLog} takes. */
export interface FilePredictionLogOptions extends OptionsInput<typeof filePredictionLogOptions> {
  /** Told of compactions that fail. */
  readonly logger?: Logger | undefined;
  /** Milliseconds since 1970; `Date.now` where absent. */
  readonly clock?: (() => number) | undefined;
}

/**
 * A log in a folder, which is made where it is absent and belongs to one process at a time. A process that is killed loses at most
 * the records of the last `flushMs`; its log opens again as it is. A disk that is full or fails costs records, which are counted.
 * @throws LOG_BUSY where another process writes to the folder, STORAGE_FULL, STORAGE_FAILED, OPTION_INVALID, OPTION_UNKNOWN
 */
export async function filePredictionLog(
  folder: string,
  { logger, clock, ...given }: FilePredictionLogOptions = {},
): Promise<PredictionLog> {
  const options = resolveOptions(filePredictionLogOptions, given);
  const path = resolve(folder);
  const leave = await takeFolder(
    path,
    (holder) => new TabwrightError('LOG_BUSY', `filePredictionLog: ${holder} writes to ${path}; one at a time can`),
  );
  const log = new FileLog(path, options, { logger: logger ?? silentLogger, clock: clock ?? Date.now, leave });
  await sweepSegments(path);
  log.tidy();
  return log;
}

/** What a log works with beside its options. */
interface LogSurroundings {
  readonly logger: Logger;
  readonly clock: () => number;
  readonly leave: () => Promise<void>;
}

class FileLog implements PredictionLog {
  readonly #folder: string;
  readonly #options: OptionsOf<typeof filePredictionLogOptions>;
  readonly #around: LogSurroundings;
  readonly #commits: GroupCommit<LogRecord, LineGroup>;
  #segment: SegmentWriter | undefined;
  /** Of the segment under way, from before it exists. */
  #openPath: string | undefined;
  #lastStartMs = 0;
  /** When the last group was flushed, by the clock that never jumps. */
  #flushedMs = Number.NEGATIVE_INFINITY;
  /** Room that the next group begins with: what the one before took. */
  #groupBytes = LEAST_GROUP_BYTES;
  #utilization = performance.eventLoopUtilization();
  /** Whether the event loop was between the last two groups; where none came since, it is not. */
  #isBusy = false;
  #later: NodeJS.Timeout | undefined;
  /** Compaction and retention, one after another, behind the writes. */
  #tidying: Promise<void> = Promise.resolve();

  constructor(folder: string, options: OptionsOf<typeof filePredictionLogOptions>, around: LogSurroundings) {
    this.#folder = folder;
    this.#options = options;
    this.#around = around;
    this.#commits = new GroupCommit(
      () => new LineGroup(this.#groupBytes),
      (group) => this.#write(group),
      {
        ...options,
        onFailure: (error) =>
          around.logger.warn({ err: error }, 'prediction log: records wait, and are dropped past a bound'),
      },
    );
  }

  append(record: LogRecord): void {
    this.#commits.add(record);
  }

  flush(): Promise<void> {
    return this.#commits.flush();
  }

  async close(): Promise<void> {
    clearTimeout(this.#later);
    await this.#commits.close();
    await this.#tidying;
    await this.#seal();
    await this.#around.leave();
  }

  counts(): LogCounts {
    const { written, dropped, pending } = this.#commits;
    return { written, dropped, pending };
  }

  async *recent(atLeast: number): AsyncGenerator<readonly LogRecord[]> {
    await this.flush();
    const later: LogRecord[][] = [];
    let count = 0;
    for (const segment of (await listSegments(this.#folder)).reverse()) {
      if (count >= atLeast) break;
      const records = await segmentRecords(segment);
      later.push(records);
      count += records.length;
    }
    yield* later.reverse();
  }

  /** Compacts what is closed, now or in a calmer moment, and removes what is old, in the background. */
  tidy(): void {
    this.#tidying = this.#tidying
      .then(() => this.#compactClosed())
      .then(() => this.#retain())
      .catch((error: unknown) => this.#around.logger.warn({ err: error }, 'prediction log: could not tidy up'));
  }

  async #write({ bytes }: LineGroup): Promise<void> {
    const { clock } = this.#around;
    const { segmentBytes, segmentMs } = this.#options;
    this.#isBusy = performance.eventLoopUtilization(this.#utilization).utilization > this.#options.compactBelow;
    this.#utilization = performance.eventLoopUtilization();
    this.#groupBytes = Math.max(bytes.length, LEAST_GROUP_BYTES);
    if (this.#segment !== undefined) {
      const { sizeBytes, startMs } = this.#segment;
      if (sizeBytes >= segmentBytes || clock() - startMs >= segmentMs) {
        await this.#seal();
        this.tidy();
      }
    }
    this.#segment ??= await this.#newSegment();
    const nowMs = performance.now();
    const isFlushed = nowMs - this.#flushedMs >= this.#options.syncMs;
    await this.#segment.append(bytes, isFlushed);
    if (isFlushed) this.#flushedMs = nowMs;
  }

  #newSegment(): Promise<SegmentWriter> {
    // Names that sort in the order of writing, whatever the clock does.
    const startMs = Math.max(this.#around.clock(), this.#lastStartMs + 1);
    this.#lastStartMs = startMs;
    this.#openPath = join(this.#folder, segmentName(startMs));
    return SegmentWriter.create(this.#openPath, startMs);
  }

  async #seal(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    await segment?.close();
    this.#openPath = undefined;
  }

  async #closed(): Promise<SegmentFile[]> {
    const segments = await listSegments(this.#folder);
    return segments.filter(({ path }) => path !== this.#openPath);
  }

  async #compactClosed(): Promise<void> {
    for (const segment of await this.#closed()) {
      if (segment.format === 'parquet') continue;
      if (this.#isBusy) {
        this.#waitForCalm();
        return;
      }
      await compact(segment);
    }
  }

  #waitForCalm(): void {
    clearTimeout(this.#later);
    this.#isBusy = false;
    this.#later = setTimeout(() => this.tidy(), CALM_MS).unref();
  }

  async #retain(): Promise<void> {
    const { retentionDays, retentionBytes } = this.#options;
    const oldestMs = this.#around.clock() - retentionDays * DAY_MS;
    await retainSegments(await this.#closed(), { oldestMs, maxBytes: retentionBytes });
  }
}

/** Writes a segment as Parquet in one step, then removes its lines. Tables and Parquet are loaded for the first one. */
async function compact(segment: SegmentFile): Promise<void> {
  const { writeParquet } = await import('../../loaders/parquet/write-parquet.js');
  const { recordsTable } = await import('./records-table.js');
  const records = await segmentRecords(segment);
  if (records.length > 0) await writeParquet(compactedPath(segment.path), recordsTable(records));
  await rm(segment.path, { force: true });
}
