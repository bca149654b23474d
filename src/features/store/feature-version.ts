// The record of one stored version: written once as version.json beside its rows, and never changed.
import type { FileDigest } from '../../core/file-digest.js';
import { isFileDigest } from '../../core/file-digest.js';
import type { JsonObject } from '../../core/json.js';
import { TabwrightError } from '../../core/tabwright-error.js';
import type { SourceFingerprint } from './source-fingerprint.js';

/** The column of the time as of which a stored row's features are. */
export const AS_OF = 'as_of';

/** Rows that were added by one version, as one Parquet file of that version. */
export interface VersionPart extends FileDigest {
  /** The version whose directory holds the file. */
  readonly version: number;
  readonly nRows: number;
}

/** One immutable version of a view's features. */
export interface FeatureVersion {
  readonly view: string;
  /** 1, 2, 3, … */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** SHA-256 of the view's definition. */
  readonly schemaHash: string;
  /** Version of the caller's own code, as given to the store; empty where none was. */
  readonly codeVersion: string;
  /** Version of this library. */
  readonly tabwright: string;
  /** Column of the entity. */
  readonly entity: string;
  readonly entityType: 'string' | 'number';
  /** Column of the time as of which a row is. */
  readonly timestamp: string;
  readonly nRows: number;
  readonly nEntities: number;
  /** ISO 8601: rows as of later times are left to later versions. */
  readonly watermark: string;
  /** What was read of each source, by name. */
  readonly sources: Readonly<Record<string, SourceFingerprint>>;
  /** The rows, in order. Those carried over lie in the directories of earlier versions. */
  readonly parts: readonly VersionPart[];
  /** What `defineView` was given. */
  readonly definition: JsonObject;
}

/** The text of version.json. */
export function writeRecord(version: FeatureVersion): string {
  return `${JSON.stringify({ format: 1, ...version }, null, 2)}\n`;
}

/**
 * Reads version.json, which may be cut off or altered.
 * @param what The version in messages: "prospects/3".
 * @throws BUNDLE_INVALID
 */
export function readRecord(text: string, what: string): FeatureVersion {
  let json: Record<string, unknown> = {};
  try {
    json = JSON.parse(text);
  } catch {}
  const { format, ...record } = json;
  if (format === 1 && isRecord(record)) return record;
  throw new TabwrightError('BUNDLE_INVALID', `${what}: version.json is cut off or altered (${text.length} characters)`);
}

function isRecord(json: Record<string, unknown>): json is Record<string, unknown> & FeatureVersion {
  const { entityType, sources, parts, definition } = json;
  const texts = ['view', 'createdAt', 'schemaHash', 'codeVersion', 'tabwright', 'entity', 'timestamp', 'watermark'];
  const counts = ['version', 'nRows', 'nEntities'];
  return (
    texts.every((name) => typeof json[name] === 'string') &&
    counts.every((name) => Number.isSafeInteger(json[name])) &&
    (entityType === 'string' || entityType === 'number') &&
    isObject(definition) &&
    isObject(sources) &&
    Object.values(sources).every((source) => isObject(source) && typeof source.digest === 'string') &&
    Array.isArray(parts) &&
    parts.every((part) => isFileDigest(part) && isPart(part))
  );
}

function isPart(part: object): boolean {
  const { version, nRows } = part as Record<string, unknown>;
  return [version, nRows].every((count) => Number.isSafeInteger(count) && (count as number) > 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
