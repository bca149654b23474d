/** The stages of a training job, in order. `fetch` is there for remote sources. */
export type ProgressPhase =
  | 'fetch'
  | 'load'
  | 'profile'
  | 'validate'
  | 'fold'
  | 'fit'
  | 'evaluate'
  | 'register'
  | 'score';

/** One step of a long call. */
export interface ProgressEvent {
  readonly phase: ProgressPhase;
  /** Steps done of `total` in this phase. */
  readonly completed: number;
  readonly total: number;
  /** A few words for people. */
  readonly message?: string;
  /** Metric values known at this step, such as a fold's AUC. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** Receives progress; must not throw. */
export type ProgressListener = (event: ProgressEvent) => void;

/** What every long call takes. */
export interface RunControl {
  /** Aborting it ends the call with CANCELLED and leaves nothing half written. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}
