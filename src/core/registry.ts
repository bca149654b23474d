// The contract of a model registry: immutable numbered versions of named models, movable aliases, tags, a promotion history.

/** A model directory as file contents by relative path. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** One immutable version of a model. */
export interface ModelVersion {
  readonly name: string;
  /** 1, 2, 3, … */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Aliases that point at this version now. */
  readonly aliases: readonly string[];
}

/** One change of an alias. */
export interface PromotionEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly alias: string;
  /** Where the alias pointed before; null when it was new. */
  readonly from: number | null;
  /** Where it points now; null when it was removed. */
  readonly to: number | null;
  readonly reason: string;
}

/** What to store beside the files of a new version. */
export interface PutOptions {
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Run of a tracker that made the model; a registry beside that tracker links the two, others leave it out. */
  readonly runId?: string | undefined;
}

/** Stores models. Every change is atomic and safe against other processes doing the same. */
export interface Registry {
  /**
   * Adds the next version of `name`. The first version of a name gets the alias `champion`.
   * @throws NAME_INVALID for a name or tag, BUNDLE_INVALID for a file path that `checkBundlePaths` refuses, STORAGE_FULL,
   * STORAGE_FAILED, REGISTRY_BUSY; nothing is visible then
   */
  put(name: string, files: BundleFiles, options?: PutOptions): Promise<ModelVersion>;
  /**
   * Looks a reference up: `name@alias`, `name/3`, or `name`, which means `name@champion`.
   * @throws MODEL_NOT_FOUND, NAME_INVALID
   */
  get(reference: string): Promise<ModelVersion>;
  /** The files of a version, checked against the digests stored with it. @throws MODEL_NOT_FOUND, BUNDLE_INVALID */
  read(name: string, version: number): Promise<BundleFiles>;
  /** Names in alphabetical order (of code units); a name stays after its last version was deleted. */
  list(): Promise<readonly string[]>;
  /** Versions in ascending order. @throws MODEL_NOT_FOUND */
  versions(name: string): Promise<readonly ModelVersion[]>;
  /** Points an alias at a version and adds to the history. @throws MODEL_NOT_FOUND, NAME_INVALID */
  setAlias(name: string, alias: string, version: number, reason?: string): Promise<void>;
  /**
   * Removes an alias and adds to the history; does nothing where the model has no such alias.
   * @throws MODEL_NOT_FOUND, NAME_INVALID
   */
  deleteAlias(name: string, alias: string, reason?: string): Promise<void>;
  /** Sets one tag of a version. @throws MODEL_NOT_FOUND, NAME_INVALID */
  setTag(name: string, version: number, key: string, value: string): Promise<void>;
  /** Alias changes, oldest first, also those of versions that were deleted. @throws MODEL_NOT_FOUND */
  history(name: string): Promise<readonly PromotionEvent[]>;
  /**
   * Removes a version; its number is never used again.
   * @throws MODEL_NOT_FOUND, VERSION_CONFLICT where an alias points at it
   */
  delete(name: string, version: number): Promise<void>;
}
